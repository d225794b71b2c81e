"""Wires: one a kind of link, each with deadlines of its own."""
