"""The worker: runs what is due, again and again."""
