"""What the office files for a unit that has answered on paper, by telephone or in person."""
