"""Five years of an office in tables, and what its summaries have to say, worked out by hand rules alone."""
