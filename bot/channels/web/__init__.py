"""The web chat: a page that looks and behaves like a chat on a phone, and its server."""
