"""Each messenger against a server that behaves like it."""
