"""Founding: what somebody wishes a new data set to be in, a folder with it out."""
