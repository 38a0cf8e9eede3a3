"""Who did what, written with the deed itself. Ground floor: knows no model of the floors above it."""
