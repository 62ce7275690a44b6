"""The answer to a question as a picture (SVG)."""
