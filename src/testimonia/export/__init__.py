"""The graph in the forms that other people's programs read."""
