"""Coding a corpus: a plan of shards, each read and written by itself, on one machine or on a cluster."""
