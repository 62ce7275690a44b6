"""Publishing: the graphs of a folder in, the same graphs on a SPARQL server out, all of them or none."""
