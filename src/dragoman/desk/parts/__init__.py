"""Parts of which pages are made: lines, texts, decisions, the sheet of an actor, the pages of a list."""
