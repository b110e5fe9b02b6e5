"""What the worker process makes and reads: pictures and rosters; plain values in, bytes or rows out."""
