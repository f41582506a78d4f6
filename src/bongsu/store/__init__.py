"""Model tables at rest: the only place that opens a database."""
