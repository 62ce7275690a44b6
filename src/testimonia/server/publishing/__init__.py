"""Publishing the graphs of a data set to a SPARQL server, all of them or none."""
