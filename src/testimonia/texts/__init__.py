"""Texts: source files in, readings (segments, interviews, turns) out. Nothing is repaired, nothing is written."""
