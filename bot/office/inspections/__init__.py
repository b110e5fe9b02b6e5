"""Inspections of the units by the office: what was found, until when it is put right, whether it is."""
