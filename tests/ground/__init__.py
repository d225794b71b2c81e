"""The ground floor: rules of the office's day."""
