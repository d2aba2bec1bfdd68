"""How a document becomes pages. Nothing outside :mod:`reports.pdf` imports this package."""
