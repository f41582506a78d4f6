"""A lead in a file, schema `bongsu.lead/1`: wallets that another part of Bongsu hands to `trace`."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from bongsu.analyze.lead import Account, Lead, Theft
from bongsu.app.jobs.lead import account_of, lead_of
from bongsu.errors import AddressError, FormatError, InputError
from bongsu.model.marking import Marking, Tlp, strictest
from bongsu.model.text import _
from bongsu.share.hand_over import LEAD_SCHEMA
from bongsu.share.release import read_marking


class FileLead(NamedTuple):
    """A lead and the marking that what is made of it has at least."""

    lead: Lead
    marking: Marking


class NamedLead(NamedTuple):
    """What a person names to trace: incidents, or addresses and transactions, or a file of wallets."""

    incidents: list[str]
    addresses: list[str]
    transactions: list[str]
    chain: str = ""
    file: Path | None = None


def lead_named(named: NamedLead, marking: Marking | None) -> tuple[Lead, Marking | None]:
    """Lead that a person names, and the marking of its trace; null where nobody said one.

    Raises:
        InputError: When nothing, or more than one kind of lead, is named.
    """
    if named.file is None:
        plain = named.incidents, named.addresses, named.transactions
        return lead_of(*plain, chain=named.chain), marking
    if named.incidents or named.addresses or named.transactions:
        raise InputError(
            _("Cannot trace: --lead stands alone, without an incident, addresses or transactions."),
            hint=_("bongsu trace --lead wallets.json --ledger LEDGER"),
        )
    found = read_lead(named.file)
    return found.lead, marking_with(marking, found.marking)


def read_lead(path: Path) -> FileLead:
    """Lead of the wallets of a file, all of one victim.

    Raises:
        InputError: When the file cannot be read or names no wallet.
        FormatError: When it is no lead, or one of its wallets is no address of its chain.
        ReleaseError: When its marking cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from error
    found = _parsed(data)
    if found.get("schema") != LEAD_SCHEMA or not isinstance(found.get("wallets"), list):
        raise FormatError(
            _("Cannot use lead {path}: it is not of schema {schema}.").format(path=path, schema=LEAD_SCHEMA),
            hint=_("Write one with `bongsu screen hand-over SCREENING --into FOLDER`."),
        )
    if not found["wallets"]:
        raise InputError(_("Cannot trace {path}: it names no wallet.").format(path=path))
    sources = tuple(dict.fromkeys(_account(path, one) for one in found["wallets"]))
    whys = dict.fromkeys(f"{one['address']}: {' '.join(one.get('why', []))}" for one in found["wallets"])
    mark = hashlib.sha256(data).hexdigest()[:12]
    lead = Lead(
        kind="addresses",
        id=f"lead-{mark}",
        title=_("{count} wallets of {source}").format(
            count=len(sources), source=found.get("source", path.name)
        ),
        thefts=(Theft(name="addresses", sources=sources),),
        notes=" ".join(whys),
    )
    return FileLead(lead, read_marking(found))


def marking_with(given: Marking | None, lead: Marking) -> Marking:
    """Marking of what is made of a lead: never less strict than the lead's own.

    Args:
        given: What the user asks for; None: TLP:AMBER without a list, as any trace.
        lead: That of the lead.
    """
    return strictest([given or Marking(tlp=Tlp.AMBER, releasable_to=None), lead])


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _account(path: Path, wallet: object) -> Account:
    """Account of a wallet; the chain must be stated, for forms of chains overlap."""
    stated = wallet if isinstance(wallet, dict) else {}
    try:
        return account_of(str(stated.get("address", "")), str(stated.get("chain", "")))
    except AddressError as error:
        raise FormatError(
            _("Cannot use lead {path}: {why}").format(path=path, why=error), hint=error.hint
        ) from error
