"""How the project proves itself."""
