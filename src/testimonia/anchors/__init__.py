"""Resolve cues to passages of an interview, and keep them in the lock. No input or output, no guess."""
