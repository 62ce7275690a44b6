"""Curated YAML files, parsed into records in which every word knows its place, and checked against each other."""
