"""CSV, TSV and JSON lines as triples, by a JSON-LD context for each table (`docs/tables.md`)."""
