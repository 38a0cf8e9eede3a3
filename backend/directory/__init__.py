"""The services that a person can be referred to."""
