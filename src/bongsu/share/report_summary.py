"""What a reader must know first, in plain words: stolen, gone where, who can act, how sure."""

from collections.abc import Mapping
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_action import Actor
from bongsu.share.report_conservation import OUT_TERMS
from bongsu.share.report_money import Document, Money, Range, certain, conserving, range_of, total_of
from bongsu.share.report_text import able_name, chain_name, reason_name, term_name


def summary(document: Document, money: Money, parties: list[Actor]) -> dict[str, Any]:
    """Parts of the summary: key figures, where the value went, who can act, how sure it is."""
    able = [actor for actor in parties if actor.stops]
    stopped = list({end["id"]: end for actor in able for end in actor.ends}.values())
    policies = conserving(document)
    return {
        "stolen": _lines(stolen(document), money),
        "stoppable": _lines(total_of(stopped, policies), money),
        "stoppable_ends": len(stopped),
        "actors": len({actor.by for actor in able}),
        "as_of": as_of(document),
        "where": where(document, money),
        "able": [able_line(actor, money) for actor in able[:5]],
        "able_more": max(len(able) - 5, 0),
        "sure": sureness(document, stopped),
    }


def stolen(document: Document) -> dict[str, Range]:
    """Per asset, what was stolen: its range over the conserving policies."""
    tables: Mapping[str, Any] = document["stolen"]
    policies = conserving(document)
    named = dict.fromkeys(asset for policy in policies for asset in tables.get(policy, {}))
    return {
        asset: range_of({p: int(tables.get(p, {}).get(asset, "0")) for p in policies}, policies)
        for asset in named
    }


def where(document: Document, money: Money) -> list[tuple[str, list[str]]]:
    """Where value went, each term with one line per asset; terms with nothing are left out."""
    rows = []
    for term in OUT_TERMS:
        amounts = _term_ranges(document, term)
        lines = _lines({asset: found for asset, found in amounts.items() if found[1]}, money)
        if lines:
            rows.append((term_name(term), lines))
    return rows


def able_line(actor: Actor, money: Money) -> dict[str, str]:
    """One party that can stop value: who, what and how much."""
    name = f"{actor.by} ({actor.country})" if actor.country else actor.by
    count = len(actor.ends)
    at = _("at 1 address") if count == 1 else _("at {count} addresses").format(count=f"{count:,}")
    return {"who": name, "can": able_name(actor.kind), "amount": money.ranges(actor.totals), "at": at}


def as_of(document: Document) -> list[str]:
    """Up to where each chain's ledger reaches."""
    lines = []
    for point in document["ledger"]["as_of"]:
        block = _("block {block}").format(block=point["block"]) if point["block"] is not None else ""
        parts = [chain_name(point["chain"]), block, shown_time(point["time"])]
        lines.append(", ".join(part for part in parts if part))
    return lines


def shown_time(time: str | None) -> str:
    """Time of a document as a person reads it: `2024-03-01 06:30:00 UTC`."""
    if not time:
        return ""
    day, _separator, clock = time.partition("T")
    clock = clock.removesuffix("Z").removesuffix("+00:00")
    return f"{day} {clock} UTC" if clock else day


def sureness(document: Document, stopped: list[Document]) -> list[str]:
    """Sentences on how sure the result is, the most important first."""
    policies, ends = conserving(document), document["endpoints"]
    firm = sum(
        1
        for end in stopped
        if certain(end, policies) and any(action["holds_under_all"] for action in end["actions"])
    )
    held = [
        _(
            "{firm} of {all} addresses where someone can act hold stolen value "
            "under every one of {count} conserving policies."
        ).format(firm=f"{firm:,}", all=f"{len(stopped):,}", count=len(policies))
    ]
    lines = [
        *(held if stopped else []),
        _balance_line(document, policies),
        *_coverage_lines(document["coverage"]),
    ]
    weak = sum(1 for end in ends if end["weakest_link"] is not None)
    if weak:
        lines.append(
            _(
                "The way to {weak} of {all} ends has a link that is weaker than the rest; "
                "the path says which and why."
            ).format(weak=f"{weak:,}", all=f"{len(ends):,}")
        )
    if document["ledger"]["valuation"]:
        lines.append(_("Amounts are values that a publisher stated in a currency, not amounts of a coin."))
    return lines


def _balance_line(document: Document, policies: list[str]) -> str:
    if all(document["conservation"][policy]["balanced"] for policy in policies):
        return _("Under each of these policies every base unit that was stolen is accounted for.")
    return _("Under at least one policy the amounts do not add up: do not act on this report.")


def _coverage_lines(coverage: Mapping[str, Any]) -> list[str]:
    lines = []
    if not coverage["order_known"]:
        lines.append(
            _("The order of movements is not known in {count} groups; amounts there are bounds.").format(
                count=f"{coverage['unordered_groups']:,}"
            )
        )
    if coverage["overdrafts"]:
        lines.append(
            _(
                "{count} times an address spent more than the ledger had seen it receive; "
                "the difference counts as unknown, never as clean."
            ).format(count=f"{coverage['overdrafts']:,}")
        )
    for reason, count in sorted(coverage["gaps"].items()):
        lines.append(
            _("Known gaps: {count} {reason}.").format(count=f"{count:,}", reason=reason_name(reason))
        )
    return lines


def _lines(amounts: Mapping[str, Range], money: Money) -> list[str]:
    return [money.range(asset, *amounts[asset]) for asset in amounts]


def _term_ranges(document: Document, term: str) -> dict[str, Range]:
    policies = conserving(document)
    amounts: dict[str, dict[str, int]] = {}
    for policy in policies:
        found = document["conservation"][policy].get(term, {})
        for by_asset in found.values() if term == "not_followed" else (found,):
            for asset, units in by_asset.items():
                row = amounts.setdefault(asset, {})
                row[policy] = row.get(policy, 0) + int(units)
    return {asset: range_of(amounts[asset], policies) for asset in amounts}
