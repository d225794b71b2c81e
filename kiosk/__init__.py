"""The office's day in plain Python: the standard library alone, and nobody else's room."""
