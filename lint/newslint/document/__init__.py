"""From bytes to a Document: plain data, and the way back from a place in the data to a place in the text."""
