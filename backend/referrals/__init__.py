"""Referrals: a loop that closes."""
