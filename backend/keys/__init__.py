"""Root keys and data keys as work: made, rotated, replaced and reported on, while everybody goes on reading."""
