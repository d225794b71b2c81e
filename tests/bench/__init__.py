"""What ``make bench`` measures; each module yields rows."""
