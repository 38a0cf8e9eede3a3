"""Writers of a release as a file. Pure: a document goes in, bytes come out, the same each time."""
