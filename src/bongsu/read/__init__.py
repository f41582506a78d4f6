"""Bytes to raw rows: one file per source format."""
