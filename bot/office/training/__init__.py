"""Classes with the people who attend them, and skills that people have been tested in."""
