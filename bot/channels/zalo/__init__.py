"""Zalo, through its Bot Platform: text only, one update a poll, nothing can be taken back."""
