"""A data set opened from Python: its questions as calls, their answers as typed rows and data frames."""
