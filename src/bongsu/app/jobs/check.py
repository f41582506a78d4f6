"""The check job: one address or transaction in, its exposure to every known incident out.

It only looks up what `check_prepare` made, so nothing that computes is imported here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.app.jobs.check_document import Subject, check_document
from bongsu.app.jobs.check_prepare import exposure_key, prepare_exposures
from bongsu.app.jobs.lead import account_of
from bongsu.errors import AddressError
from bongsu.model.marking import Marking, Tlp
from bongsu.store.exposure import StoredExposures, open_exposures

_HASH = re.compile(r"(?:0x)?[0-9a-f]{64}")
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Where a check looks."""

    ledger: Path
    chain: str = ""
    """CAIP-2 chain id; empty: told from the form of the address, every EVM chain alike."""
    heuristics: str = "on"
    """Guesses that may be made in following value: `on`, `off` or names with commas."""
    marking: Marking = Marking(tlp=Tlp.AMBER, releasable_to=None)


def run_check(
    asked: str, options: CheckOptions, *, progress: Callable[[str], None] = lambda stage: None
) -> Document:
    """Check document `bongsu.check/1` of an address or a transaction.

    Args:
        asked: Address, CAIP-10 id or transaction hash, whole.
        options: Where to look.
        progress: Told each stage where the ledger's exposures have to be made first.

    Raises:
        AddressError: When it is neither an address nor a transaction, or a checksum is wrong.
        LedgerError: When the folder holds no ledger.
    """
    stored = open_exposures(options.ledger, exposure_key(options.ledger, options.heuristics))
    if stored is None:
        _subject_form(asked.strip(), options.chain)
        stored = prepare_exposures(options.ledger, heuristics=options.heuristics, progress=progress)
    return check_document(stored, subject_of(asked, options.chain, stored), options.marking)


def subject_of(asked: str, chain: str, stored: StoredExposures) -> Subject:
    """Address or transaction that a person means; only a whole one, as it is written.

    Raises:
        AddressError: When it is neither, or a checksum is wrong.
    """
    text = asked.strip()
    found = _transaction(text, stored)
    if found:
        return Subject(asked=asked, kind="transaction", chain=chain, name=found)
    try:
        account = account_of(text, chain)
    except AddressError as error:
        kind = "transaction" if stored.movements_of(text) else "address" if stored.facts_of(text) else ""
        if _is_miscopied(error) or not kind:
            raise
        return Subject(asked=asked, kind=kind, chain=chain, name=text)
    return Subject(asked=asked, kind="address", chain=account.chain, name=account.address)


def _subject_form(text: str, chain: str) -> None:
    """Nothing; refuses a wrong checksum before the exposures are made, which may take long."""
    try:
        account_of(text, chain)
    except AddressError as error:
        if _is_miscopied(error):
            raise


def _is_miscopied(error: AddressError) -> bool:
    """Whether the text has the form of an address but a wrong checksum, or its chain is none."""
    found = error.__cause__ if isinstance(error.__cause__, AddressError) else error
    return found.rule in {"bad_checksum", "bad_chain"}


def _transaction(text: str, stored: StoredExposures) -> str:
    """The hash as the ledger writes it, with or without 0x; empty where the text is no hash."""
    name = text.rpartition(":")[2].lower()
    if _HASH.fullmatch(name) is None:
        return ""
    digits = name.removeprefix("0x")
    known = [one for one in ("0x" + digits, digits) if stored.movements_of(one) or stored.facts_of(one)]
    return known[0] if known else name
