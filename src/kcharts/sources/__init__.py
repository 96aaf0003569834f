"""From whatever a user names to a table of cells: files, workbooks, JSON, web pages."""
