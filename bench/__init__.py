"""Benchmarks against peers on made ledgers; results are printed, answers are asserted."""
