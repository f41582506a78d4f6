"""Rules that the project writes itself, for tradecraft of the DPRK: plain Sigma files."""

from pathlib import Path

from bongsu.facts.document import DATA

RULES = DATA / "detections"
"""Folder of the rules: `<what>_<system>.yml`, with technique ids and what else explains a hit."""


def detection_files() -> tuple[Path, ...]:
    """Shipped rules, by name."""
    return tuple(sorted(RULES.glob("*.yml")))
