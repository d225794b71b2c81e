"""Printers, wires, scanners: everything chosen by an address string."""
