"""Messengers as they behave, for tests: what they take, refuse and forget."""
