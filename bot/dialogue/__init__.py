"""Dialogues as pure values and functions. Law: no I/O, no clock, no channel in this folder."""
