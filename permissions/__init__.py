"""Wall one: who may do what, in Python. Knows nothing of the floors above it."""
