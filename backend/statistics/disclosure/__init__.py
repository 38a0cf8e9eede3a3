"""How counts are protected: noise by cell key, masks, and an attacker who must fail before anything is published.

Pure: numbers in, numbers out; no settings and no database. SciPy is reached through `attacker` alone.
"""
