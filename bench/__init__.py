"""The comparison of speed: `make bench`."""
