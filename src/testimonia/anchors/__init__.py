"""Anchors: cues and interviews in, passages or what is wrong with a cue out. No input or output, no guess."""
