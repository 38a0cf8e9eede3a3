"""Django's PostgreSQL engine, with the driver's own fast loader for moments."""
