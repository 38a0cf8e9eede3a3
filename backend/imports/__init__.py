"""Real tables in, row by row, with a reason for each refusal."""
