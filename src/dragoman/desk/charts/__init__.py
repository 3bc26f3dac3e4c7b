"""What the pages draw: time in bars and strips, backers as a graph, events on a map."""
