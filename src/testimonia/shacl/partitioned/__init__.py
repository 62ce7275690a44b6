"""Partitioned validation: a graph in parts, on all cores, with the findings of the whole."""
