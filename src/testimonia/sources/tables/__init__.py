"""Tables: CSV, TSV and JSON lines in, triples out, by a JSON-LD context for each table (`docs/tables.md`)."""
