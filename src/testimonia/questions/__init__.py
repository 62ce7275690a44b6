"""Saved queries with a header: read, asked, compared with their expected answers, drawn and printed."""
