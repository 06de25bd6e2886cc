"""Failures that are planned: what can go wrong, when, and how it breaks."""
