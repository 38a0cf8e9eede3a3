"""Sealed fields: envelopes, root keys and the wrapped keys of cases. Knows nothing of the floors above."""
