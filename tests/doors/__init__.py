"""The doors: commands, the supervisor, and whole processes."""
