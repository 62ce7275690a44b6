"""Charts: the answer to a question in, a picture of it out (SVG)."""
