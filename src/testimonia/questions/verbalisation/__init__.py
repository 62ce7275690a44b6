"""Statements: a graph in, each of its claims out as something that can be read aloud, with all its details."""
