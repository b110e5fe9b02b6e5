"""Notes all year: what somebody has brought about, kept as it happens, and put into the report of the unit."""
