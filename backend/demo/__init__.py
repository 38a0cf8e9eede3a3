"""Seven invented teams to try the service with."""
