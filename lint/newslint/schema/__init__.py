"""A JSON Schema, compiled: which fields are what, and what is wrong with a document."""
