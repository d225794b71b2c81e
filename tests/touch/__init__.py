"""The touch process: its threads and loop, and every flow in a real window."""
