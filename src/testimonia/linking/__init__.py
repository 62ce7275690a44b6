"""Linking: which of our entities other data sets speak of; judgements as SSSOM files, and proposals for new ones."""
