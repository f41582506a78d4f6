"""Raw rows to model tables and rejects."""
