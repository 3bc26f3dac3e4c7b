"""The forms in which archives come, one module each: records of a file, by number."""
