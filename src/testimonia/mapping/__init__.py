"""Map locked records to quads. Pure: no file is read or written here."""
