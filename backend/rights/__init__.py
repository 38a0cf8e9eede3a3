"""The rights of the person: requests and their terms, and the export of everything that is held."""
