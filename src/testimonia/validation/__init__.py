"""Validation: a built graph and the shapes in, findings out."""
