"""The real program: started, stopped, killed, attacked, seen in a browser."""
