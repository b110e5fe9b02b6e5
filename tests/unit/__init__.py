"""Pure rules and single rooms, without a conversation."""
