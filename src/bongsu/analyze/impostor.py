"""Tokens and addresses made to be mistaken for others: told by whole contract and whole address."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bongsu.analyze.pool_mask import is_token
from bongsu.model.asset import Asset

HEAD, TAIL = 8, 4
"""Characters that people compare: `0x` and six, and the last four."""


def unknown_tokens(assets: Iterable[str], known: Mapping[str, Asset]) -> list[str]:
    """Tokens whose contract is not known as genuine; they never count as value.

    Args:
        assets: What was paid to some pools.
        known: Genuine assets by id.
    """
    return sorted(asset for asset in set(assets) if is_token(asset) and asset not in known)


def look_alikes(addresses: Iterable[str], accounts: Iterable[str]) -> dict[str, list[str]]:
    """Each address to the other accounts that look like it, each in whole.

    They share the first six and the last four characters after `0x`; they are never merged.

    Args:
        addresses: Addresses to look for.
        accounts: EVM accounts among which look-alikes may be, the addresses' own too.
    """
    seen = list(set(accounts))
    compared = [account[:HEAD] + account[-TAIL:] for account in seen]
    alike = Counter(compared)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    # Most accounts are like no other: only the few that are get a group, in their order.
    few = ((account, key) for account, key in zip(seen, compared, strict=True) if alike[key] > 1)
    for account, key in sorted(few):
        groups[key].append(account)
    mine = set(addresses)
    return {
        account: [other for other in group if other != account]
        for group in groups.values()
        for account in group
        if account in mine
    }
