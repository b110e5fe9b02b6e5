"""Reviews of several years: the office opens one, the units tell of all years until then."""
