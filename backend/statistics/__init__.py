"""Statistics: the Office counts, nobody is seen. See docs/statistics.md."""
