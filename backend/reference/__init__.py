"""Code lists, rules and calendars that come with the product as versioned data."""
