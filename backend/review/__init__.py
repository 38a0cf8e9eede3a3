"""Review of the audit as work: what is worth a look, who looks at it, what they make of it."""
