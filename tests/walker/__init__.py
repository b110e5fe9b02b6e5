"""A random walker through the real core: thirty people of six units on three looks, under a calendar that moves."""
