"""Mend what a small parser gets wrong in news: each repair knows one construction; ``repair`` does all of them in order."""
