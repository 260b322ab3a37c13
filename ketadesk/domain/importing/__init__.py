"""Reading other systems' patient exports: columns, rows, dates and names, pure and cautious."""
