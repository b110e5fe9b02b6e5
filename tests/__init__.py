"""The tests: first chats, then properties, then the corners."""
