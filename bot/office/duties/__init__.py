"""Duties of the units: their kinds, who drafts and sends, what is late."""
