"""Releases: the tables of the plan for a closed period, protected as a whole, published once and never changed."""
