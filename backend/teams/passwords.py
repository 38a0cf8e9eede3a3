"""How passwords are stored: Argon2id with 46 MiB, one pass, one lane (OWASP's first choice)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SponaArgon2(Argon2PasswordHasher):
    """Memory is in KiB."""

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1
