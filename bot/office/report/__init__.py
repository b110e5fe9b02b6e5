"""The yearly report of a unit, and the office's view of a year."""
