"""Read, lock, build and write a whole data set; only this package writes machine-made files."""
