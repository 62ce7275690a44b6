"""Questions: saved queries with a header, read, asked, compared with their expected answers and printed."""
