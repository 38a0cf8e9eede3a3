"""What the service tells everybody about itself, by quarter: counts that are taken once and never again."""
