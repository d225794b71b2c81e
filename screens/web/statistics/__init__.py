"""Figures a manager may believe: counts first, and no percentage without its n, interval and response rate."""
