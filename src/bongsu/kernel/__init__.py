"""Arithmetic on arrays: numpy and numba only."""
