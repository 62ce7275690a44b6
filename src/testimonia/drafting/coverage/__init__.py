"""What of a text no claim carries and no reason explains."""
