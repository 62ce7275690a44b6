"""RDF: reading and writing it, the store, lexical forms, short names, closures."""
