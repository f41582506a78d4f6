"""Model tables to findings."""
