"""The version of the program, where every room can read it without the package's root."""

__version__ = "0.1.0"
