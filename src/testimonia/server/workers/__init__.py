"""Pool: queries in, answers as bytes out, each query run in a process of its own that may be killed."""
