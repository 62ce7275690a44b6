"""Worker processes that run queries: forked from one that has loaded the graph, and killed when a query goes too far."""
