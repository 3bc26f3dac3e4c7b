"""What others are told of changes: news of a board, feeds, and programs elsewhere."""
