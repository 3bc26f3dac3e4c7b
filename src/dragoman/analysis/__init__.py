"""Sums over what reports tell, for analysts: who stands how to whom, and how tense it is between two (docs/python.md)."""
