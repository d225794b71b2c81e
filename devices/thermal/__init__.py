"""The conversation with a thermal printer, and what became of a slip."""
