"""Read source files into segments, interviews and turns. Nothing is repaired, nothing is written."""
