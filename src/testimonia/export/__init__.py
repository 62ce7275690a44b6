"""Export of the graph to formats for other programs: RDF, JSON-LD, CSV, Web Annotations, nanopublications."""
