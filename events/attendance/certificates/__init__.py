"""Certificates for those who were there: their number, what they say, how they are drawn."""
