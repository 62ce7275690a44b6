"""What of the records may be published, and what is withheld or withdrawn."""
