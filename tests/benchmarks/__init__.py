"""Benchmarks of speed, memory and typography, measured on real output.

``python -m tests.benchmarks`` prints them all and fails where one exceeds its budget.
"""
