"""What people say and are told, through the real core."""
