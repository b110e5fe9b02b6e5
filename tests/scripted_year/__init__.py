"""One year of an office in tables: what happens on which day, and what every list has to say of it at the end."""
