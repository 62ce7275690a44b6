"""Charts of the answers to questions, as SVG."""
