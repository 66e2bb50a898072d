"""Remarks before sending: checks, questions a reader would ask, words that may name a pupil."""
