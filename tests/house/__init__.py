"""Rules of the house: floors, sizes, and docs that name everything there is."""
