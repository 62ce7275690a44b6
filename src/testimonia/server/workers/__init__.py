"""Worker processes that run queries, forked from one that has loaded the graph; a query can be killed with its own."""
