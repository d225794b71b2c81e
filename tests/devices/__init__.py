"""Rules of the devices room."""
