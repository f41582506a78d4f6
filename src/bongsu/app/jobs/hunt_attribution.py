"""Whom the findings of a hunt may point to, as plain data; that nobody can tell is an answer."""

from collections.abc import Sequence
from typing import Any

from bongsu.analyze.attribution import Attribution, attribute
from bongsu.model.sighting import Sighting

MOST_CLUSTERS = 6


def attribution_document(sightings: Sequence[Sighting]) -> dict[str, Any]:
    """Clusters that the alerts speak for, the best first, with what speaks for and against each."""
    verdict = attribute(sightings)
    return {
        "cannot_tell": verdict.cannot_tell,
        "why": list(verdict.why),
        "clusters": [_cluster(one) for one in verdict.attributions[:MOST_CLUSTERS]],
    }


def _cluster(one: Attribution) -> dict[str, Any]:
    return {
        "cluster": one.cluster,
        "title": one.title,
        "band": one.band,
        "confidence": one.confidence,
        "why": list(one.why),
        "overlaps": list(one.overlaps),
        "rivals": list(one.rivals),
    }
