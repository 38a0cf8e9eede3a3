"""People, teams, organisations and what binds them."""
