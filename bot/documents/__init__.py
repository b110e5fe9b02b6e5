"""What the worker process makes and reads: plain values in, bytes or rows out."""
