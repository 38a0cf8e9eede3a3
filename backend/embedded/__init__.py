"""The embedded default: two PostgreSQL clusters that come with the dependencies and live under `var/`.

For trying Spona, for developing it and for its tests. Nothing here reads Django's settings: the clusters must
stand before these are read.
"""
