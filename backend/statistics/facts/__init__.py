"""What a case says in a quarter, as facts that nothing leads back from to the case."""
