"""From a table of cells to a history: what each column means, and what is wrong with a row."""
