"""Leads from what a person names: incidents in facts, addresses, transactions."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time

from bongsu.analyze.lead import Account, Lead, Statement, Theft
from bongsu.errors import AddressError, InputError, LeadError
from bongsu.facts.load import find_incident
from bongsu.model.address import canonical_address, is_address
from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.model.incident import Incident
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _

ADDRESS_CHAINS = (ETHEREUM, BITCOIN, TRON)
"""Chains whose addresses are told from their form, in the order of trying."""
_CHAIN = re.compile(r"[-a-z0-9]{3,8}:([-_a-zA-Z0-9]{1,32}|\*)")
"""CAIP-2, or every chain of a namespace."""


def account_of(text: str, chain: str = "") -> Account:
    """Account that a person typed: an address, or a CAIP-10 id `namespace:reference:address`.

    Args:
        text: What was typed.
        chain: CAIP-2 chain id of a plain address; empty: told from its form, every EVM chain alike.

    Raises:
        AddressError: When it is not an address, or its checksum is wrong.
    """
    if text.count(":") >= 2:
        chain, _colon, text = text.rpartition(":")
    if chain and not _CHAIN.fullmatch(chain):
        raise AddressError(
            _("Cannot use chain {chain}: it is no CAIP-2 id.").format(chain=chain),
            hint=_("For example eip155:1 is Ethereum, eip155:* every EVM chain alike."),
            rule="bad_chain",
        )
    if chain:
        return Account(chain=chain, address=canonical_address(chain, text))
    for candidate in ADDRESS_CHAINS:
        if is_address(candidate, text):
            known = "eip155:*" if candidate == ETHEREUM else candidate
            return Account(chain=known, address=canonical_address(candidate, text))
    meant = ETHEREUM if text.strip().lower().startswith("0x") else BITCOIN
    try:  # refused above, now with the reason
        return Account(chain=meant, address=canonical_address(meant, text))
    except AddressError as error:
        if error.rule == "bad_checksum":
            raise
        raise AddressError(
            _("Cannot use {text}: it is no address of a known chain.").format(text=text or "''"),
            hint=_("Give the whole address, or say its chain, for example eip155:1:ADDRESS."),
            rule=error.rule,
        ) from error


def theft_of(incident: Incident) -> Theft:
    """What an incident calls stolen.

    Raises:
        LeadError: When no public source names its addresses or transactions.
    """
    if not incident.addresses_established:
        raise LeadError(
            _("Cannot trace {title}: no citable source names its addresses.").format(title=incident.title),
            hint=_("If you know them: bongsu trace --from ADDRESS... --ledger LEDGER"),
        )
    return Theft(
        name=incident.id,
        sources=tuple(Account(chain=one.chain, address=one.address) for one in incident.sources),
        transactions=tuple(one.tx_hash for one in incident.transactions),
        start=incident.window_start,
        end=incident.window_end,
    )


def lead_of(incidents: list[str], addresses: list[str], transactions: list[str], *, chain: str = "") -> Lead:
    """Lead of incidents by slug, or of addresses and transactions; several incidents are several victims.

    Raises:
        InputError: When nothing or both kinds are named, or an incident twice.
        FactsError: When an incident is not known.
    """
    if bool(incidents) == bool(addresses or transactions):
        raise InputError(
            _("Cannot trace: name an incident, or addresses or transactions, and not both."),
            hint=_("bongsu trace atomic-wallet-2023, or bongsu trace --from ADDRESS --ledger LEDGER"),
        )
    twice = sorted(slug for slug, count in Counter(incidents).items() if count > 1)
    if twice:  # the same loss would count as that of two victims
        raise InputError(
            _("Cannot trace: {slug} is named twice.").format(slug=twice[0]),
            hint=_("Name each incident once."),
        )
    if incidents:
        return incident_lead([find_incident(slug) for slug in incidents])
    kind = "addresses" if addresses else "transactions"
    named = [*addresses, *transactions]
    theft = Theft(
        name=kind,
        sources=tuple(account_of(text, chain) for text in addresses),
        transactions=tuple(text.lower() for text in transactions),
    )
    more = f" + {len(named) - 1}" if len(named) > 1 else ""
    return Lead(
        kind=kind, id=f"{kind}-{named[0]}{more}".replace(" ", ""), title=named[0] + more, thefts=(theft,)
    )


def incident_lead(found: list[Incident]) -> Lead:
    """Lead of incidents, traced together, one victim each."""
    first = found[0]
    attribution = tuple(
        Statement(who=one.who, when=one.when, statement=one.statement, source=one.source)
        for incident in found
        for one in incident.attribution
    )
    return Lead(
        kind="incident",
        id="+".join(incident.id for incident in found),
        title=" + ".join(incident.title for incident in found),
        thefts=tuple(theft_of(incident) for incident in found),
        date=first.date,
        dprk=all(incident.dprk for incident in found),
        attribution=attribution,
        notes=" ".join(incident.notes for incident in found if incident.notes),
    )


def moment_of(text: str) -> datetime:
    """Time that a person typed as ISO 8601; a day means its last microsecond, no zone means UTC.

    Raises:
        InputError: When it is no time.
    """
    try:
        moment = datetime.fromisoformat(text)
        if _is_day(text):
            moment = datetime.combine(moment, time.max)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(
            _("Cannot use {text} as a time: it is not ISO 8601.").format(text=text),
            hint=_("Examples: 2023-06-30, 2023-06-30T12:00:00Z"),
        ) from error


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def marking_of(label: str, parties: list[str]) -> Marking | None:
    """Marking that a person typed; null where nothing was said.

    Raises:
        InputError: When the label is not of TLP 2.0.
    """
    if not label and not parties:
        return None
    labels = {tlp.label: tlp for tlp in Tlp}
    found = labels.get(label.upper() or Tlp.AMBER.label)
    if found is None:
        raise InputError(
            _("Cannot use --tlp {label}: it is not a TLP 2.0 label.").format(label=label),
            hint=_("Known: {names}.").format(names=", ".join(labels)),
        )
    return Marking(tlp=found, releasable_to=frozenset(parties) if parties else None)
