"""A trace document as JSON, in pieces: keys sorted, no blanks; the text of a step is made once for all."""

import json
from collections.abc import Iterator
from typing import Any

from bongsu.share.report_money import Document

ENDS_AT_ONCE = 500
_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def json_pieces(document: Document) -> Iterator[str]:
    """Pieces of the document's JSON, a few megabytes each: together what `json.dumps` with sorted keys gives.

    Whoever sends them on asks `require_release` first.
    """
    for place, key in enumerate(sorted(document)):
        yield f"{',' if place else '{'}{_text(key)}:"
        if key == "endpoints":
            yield from _endpoints(document[key])
        else:
            yield _text(document[key])
    yield "}"


def _endpoints(ends: list[dict[str, Any]]) -> Iterator[str]:
    """The list of ends. Steps are most of it, and many ends share theirs."""
    steps: dict[int, str] = {}
    yield "["
    for first in range(0, len(ends), ENDS_AT_ONCE):
        yield ("," if first else "") + ",".join(
            _end(end, steps) for end in ends[first : first + ENDS_AT_ONCE]
        )
    yield "]"


def _end(end: dict[str, Any], steps: dict[int, str]) -> str:
    """One end, which has keys before and after its path; `steps` keeps the text of each step by identity."""
    for step in end["path"]:
        if id(step) not in steps:
            steps[id(step)] = _text(step)
    before = _text({key: value for key, value in end.items() if key < "path"})
    after = _text({key: value for key, value in end.items() if key > "path"})
    path = ",".join([steps[id(step)] for step in end["path"]])
    return f'{before[:-1]},"path":[{path}],{after[1:]}'
