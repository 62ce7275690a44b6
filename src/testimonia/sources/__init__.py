"""Data of others beside ours, each source in graphs of its own, added and removed without a trace."""
