"""The machine: what carries a message from a phone to a handler and back."""

__version__ = "0.1.0"
"""The one place of the version; `./run release` writes it."""
