"""The claims of a graph as sentences that can be read aloud, with all their details."""
