"""A graph checked in parts, on all cores, with the findings of the whole."""
