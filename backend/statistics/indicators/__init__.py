"""The indicators: what each is made of, how it is worked out, and the sentence in which it is cited."""
