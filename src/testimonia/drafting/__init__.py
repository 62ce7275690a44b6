"""What spares a curator typing: cues ready to copy, the skeleton of a record, and what is still open."""
