"""Web: requests over HTTP in, answers over the graph out; nothing can be changed (extra: serve)."""
