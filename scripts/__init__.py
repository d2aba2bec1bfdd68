"""Programs for those who work on the product; the product itself needs none of them."""
