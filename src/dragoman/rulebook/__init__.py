"""The rules as data: word lists, cues, frames, roster, record rules; loaded once into a frozen Rulebook."""
