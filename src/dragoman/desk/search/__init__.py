"""What is looked for, and the indexes of a picture by which it is found."""
