"""A schema from files: what stands at each place of them, said with the words of JSON Schema; and what one changes."""
