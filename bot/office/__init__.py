"""Services over storage, one module a use case; what handlers call to read and to write."""
