"""The touch screen in the lobby (Kivy)."""
