"""What BENCHMARKS.md quotes: `./run bench`."""
