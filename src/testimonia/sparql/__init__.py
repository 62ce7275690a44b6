"""Check, bind and rewrite SPARQL queries on tokens, and send them to endpoints."""
