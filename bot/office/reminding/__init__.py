"""What is said unasked: who is due, in which words, and playing it through."""
