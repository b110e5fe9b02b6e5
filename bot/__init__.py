"""The machine: what carries a message from a phone to a handler and back."""
