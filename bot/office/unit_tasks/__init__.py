"""What units were given to do until a day: out of an opinion of the leaders, or of what an inspection has found."""
