"""Measures of finished pages that tests and benchmarks share."""
