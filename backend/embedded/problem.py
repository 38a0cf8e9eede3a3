"""The one exception of the embedded default; its text is printed as it is, so it says what to do."""


class EmbeddedProblem(Exception):
    """The embedded databases cannot be used."""
