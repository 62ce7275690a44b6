"""A new data set: settings, an invented example, checks that run on every change."""
