"""What the assistant does: one file a conversation; this list is its menu."""
