"""Findings from tables of the model: where value went, and who can act there."""
