"""The process: start, supervise, beat, command line. Only `bot.__main__` imports from here."""
