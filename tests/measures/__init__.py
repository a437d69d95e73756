"""Measures that tests and benchmarks share: what stands where on finished pages."""
