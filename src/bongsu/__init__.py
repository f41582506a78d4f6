"""Bongsu: follow a lead to the points where someone can act."""

__version__ = "0.1.0"
