"""A document as one accessible HTML file."""
