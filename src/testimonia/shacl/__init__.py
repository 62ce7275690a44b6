"""SHACL: pySHACL and rudof over a graph, and what the shapes demand."""
