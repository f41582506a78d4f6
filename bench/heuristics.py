"""`python -m bench heuristics`: measures every heuristic and writes the pages that say how good it is."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench import heuristic_block, heuristic_conversion, heuristic_label, heuristic_mixer, heuristic_pattern
from bench.heuristic_page import heuristics_page, hits_page, rates_table
from bench.heuristic_rate import Rate
from bongsu.analyze.heuristic_rate import FILE

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
BRIDGE = "bench.heuristic_bridge"
"""Rates of bridge matching, where they are built."""


def measure() -> list[Rate]:
    """Rates of all heuristics that real data can measure."""
    bridge = import_module(BRIDGE).measure() if find_spec(BRIDGE) else []
    beside = [*heuristic_conversion.measure(), *heuristic_label.measure()]
    own = [*heuristic_block.measure(), *heuristic_pattern.measure(), *heuristic_mixer.measure()]
    return [*own, *beside, *bridge]


def pages() -> dict[Path, str]:
    """Text of each page that the measurements write."""
    rates = measure()
    return {
        FILE: rates_table(rates),
        REFERENCE / "heuristics.md": heuristics_page(rates),
        REFERENCE / "coinjoin-hits.md": hits_page(),
    }


def main() -> None:
    """Nothing; writes the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(REFERENCE.parent.parent)}")
