"""The part `clusters` of a trace document: addresses that may have one owner, laid over the ends."""

from collections import defaultdict
from typing import Any

from bongsu.analyze.case_pattern import CaseBook
from bongsu.analyze.cluster import METHODS
from bongsu.analyze.end import Labels

Document = dict[str, Any]


def clusters_document(
    book: CaseBook, labels: Labels, heuristics: frozenset[str], document: Document
) -> Document:
    """Members of the clusters of a case, each with what joined it and the ends that it is.

    Nothing else of the document changes: taking this part off takes the clusters off.

    Args:
        book: The case.
        labels: Who is known to own an address; two owners are never joined.
        heuristics: Guesses that may be made.
        document: The document of the trace, whose ends are named by rank.
    """
    ends: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for end in document["endpoints"]:
        ends[end["chain"], end["address"]].append(end["rank"])
    made = book.clusters(labels, heuristics)
    rows = made.members.select(["chain", "address", "cluster", "method", "probability"]).to_pylist()
    return {
        "methods": [name for name in METHODS if name in heuristics],
        "members": [row | {"ends": ends.get((row["chain"], row["address"]), [])} for row in rows],
        "conflicts": made.conflicts,
        "too_large": made.too_large,
        "suspects": made.suspects,
    }
