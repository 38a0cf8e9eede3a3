"""What whoever looks after an installation runs: backups of both databases, and the doctor who looks at all of it."""
