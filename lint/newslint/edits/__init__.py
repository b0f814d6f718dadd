"""From changes of the data to edits of the text: pure functions, each proven by reading what it wrote."""
