"""Renderings of one report: for a terminal, for programs."""
