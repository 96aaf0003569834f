"""How a history holds its lists: columns of codes, and what is done with them."""
