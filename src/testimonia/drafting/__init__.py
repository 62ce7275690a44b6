"""Drafting: what spares a curator typing: cues ready to copy, and the skeleton of a record."""
