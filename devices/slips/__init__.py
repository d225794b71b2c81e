"""From a slip's elements to a printer's bytes."""
