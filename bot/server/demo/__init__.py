"""The invented office: its units, people, titles, and the story of its years."""
