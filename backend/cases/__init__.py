"""Cases, what is sealed in them, consents, and who may see them."""
