"""Journeys: the rules of a visit, lived through without a window."""
