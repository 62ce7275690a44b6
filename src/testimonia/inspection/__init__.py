"""Inspection: a project or RDF files in; out, what every layer of validation finds, and which layers could not run."""
