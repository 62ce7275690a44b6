"""Agreement: what is the same elsewhere, and where those who speak of it agree, differ, or cannot be compared."""
