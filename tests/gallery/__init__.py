"""What `make gallery` draws: every screen in every language, orientation, size and contrast."""
