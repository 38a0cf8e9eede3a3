"""Erasing: two people, three steps, a destroyed key; what retention asks for; and what a restored backup forgot."""
