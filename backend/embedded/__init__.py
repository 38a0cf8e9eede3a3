"""The embedded default: two PostgreSQL clusters that come with the dependencies and live under `var/`.

For trying Spona, for developing it and for its tests. Nothing here imports Django: the clusters must stand
before the settings are read.
"""
