"""Taking another plan: what it would change for people, sheets, figures and reminders, said before it is in force."""
