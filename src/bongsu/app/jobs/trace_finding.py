"""The part `findings` of a trace document: what tries to mislead a reader, and patterns of the case."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from bongsu.analyze.case_pattern import MOST_MOVEMENTS, CaseBook
from bongsu.analyze.end import Labels
from bongsu.analyze.impostor import look_alikes, unknown_tokens
from bongsu.analyze.trace import Trace
from bongsu.model.asset import Asset
from bongsu.model.ports import Ledger
from bongsu.model.text import _

Document = dict[str, Any]


def findings_of(ledger: Ledger, made: Trace, known: Mapping[str, Asset]) -> list[Document]:
    """Unknown tokens that reached the lead's addresses, and look-alikes of touched addresses."""
    holders = made.found.pools["holder"].to_pylist()
    sources = {holders[pool] for pool in np.flatnonzero(made.found.sources).tolist()}
    touched = {holders[pool] for pool in np.flatnonzero(made.found.touched).tolist()}
    paid = ledger.pools(ledger.find_pools(sources))["asset"].unique().to_pylist()
    found = [_token(token) for token in unknown_tokens(paid, known)]
    alike = look_alikes(touched, ledger.accounts_alike(touched))
    return found + [_alike(account, others) for account, others in sorted(alike.items())]


def patterns_left_out() -> Document:
    """Finding that says that a case is too large to be looked at for patterns unasked."""
    why = _("the case has more than {count} movements; patterns were not looked for, --patterns does it")
    return {
        "what": "patterns_left_out",
        "subject": "",
        "score": 100,
        "why": [why.format(count=f"{MOST_MOVEMENTS:,}")],
        "method": "bongsu.trace@1",
    }


def pattern_findings(book: CaseBook, labels: Labels, heuristics: frozenset[str]) -> list[Document]:
    """Findings of the patterns that are allowed."""
    return [
        {
            "what": one.what,
            "subject": one.subject,
            "score": one.score,
            "why": list(one.why),
            "method": one.method,
            "evidence": [
                {"sha256": row.sha256, "locator": row.locator, "what": row.what} for row in one.evidence
            ],
        }
        for one in book.patterns(labels, heuristics)
    ]


def _token(token: str) -> Document:
    return {
        "what": "unknown_token",
        "subject": token,
        "score": 100,
        "why": [_("no fact knows this contract as genuine; whatever its symbol, it is not counted as value")],
        "method": "bongsu.impostor@1",
    }


def _alike(account: str, others: list[str]) -> Document:
    said = _("same first six and last four characters as {others}; each is its own account, none is merged")
    return {
        "what": "look_alike",
        "subject": account,
        "score": 100,
        "why": [said.format(others=", ".join(others))],
        "method": "bongsu.impostor@1",
    }
