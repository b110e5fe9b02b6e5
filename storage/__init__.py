"""What the assistant remembers: one SQLite file, one module a noun; imports nothing of ours."""
