"""Announcements by somebody's hand: to whom, when, who has them; and the members of unions."""
