"""The graph over HTTP: pages, linked data, SPARQL; nothing can be changed (extra: serve)."""
