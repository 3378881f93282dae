"""Readers of single formats: pure functions over bytes, shared by identification and detectors."""
