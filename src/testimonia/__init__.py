"""Testimonia: human-rights interviews as linked data whose every statement names its speaker and its passage."""

__version__ = "0.1.0"
