"""Benches: how fast and how large, printed and never asserted."""
