"""The API: speaks HTTP and nothing else. No rule of the domain lives here."""
