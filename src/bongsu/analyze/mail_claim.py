"""What Authentication-Results headers claim, read with authres. Source: RFC 8601."""

import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from bongsu.model.dns import canonical_name
from bongsu.model.extra import load_extra

METHODS = ("spf", "dkim", "dmarc")
_POLICY = re.compile(r"dmarc\s*=\s*\w+\s*\([^)]*?\bp\s*=\s*(none|quarantine|reject)", re.IGNORECASE)
_DOMAIN_AT = {"spf": ("smtp", "mailfrom"), "dkim": ("header", "d"), "dmarc": ("header", "from")}


class Claim(NamedTuple):
    """One result that a header states."""

    host: str
    """Who says so."""
    trusted: bool
    """Whether that is a host whose headers count."""
    method: str
    """One of METHODS."""
    result: str
    domain: str
    policy: str
    """Policy of DMARC that the host says it saw; empty: not stated."""


def claims_of(headers: Iterable[str], trusted_hosts: Collection[str]) -> tuple[Claim, ...]:
    """Claims of the headers in their order; a header that cannot be parsed claims nothing.

    Args:
        headers: Values of Authentication-Results headers, unfolded.
        trusted_hosts: Hosts that count, in canonical form.

    Raises:
        MissingExtraError: When authres is not installed.
    """
    return tuple(one for header in headers for one in _claims(header, trusted_hosts))


def _claims(header: str, trusted: Collection[str]) -> list[Claim]:
    authres = load_extra("authres", "hunt")
    try:
        parsed = authres.AuthenticationResultsHeader.parse_value(header)
    except (authres.AuthResError, ValueError, LookupError, TypeError, AttributeError):
        return []
    host = canonical_name(str(parsed.authserv_id or ""))
    policy = _POLICY.search(header)
    return [
        Claim(
            host=host,
            trusted=host in trusted,
            method=one.method,
            result=str(one.result).lower(),
            domain=_domain(one),
            policy=policy[1].lower() if policy and one.method == "dmarc" else "",
        )
        for one in parsed.results
        if getattr(one, "method", "") in METHODS
    ]


def _domain(result: Any) -> str:  # noqa: ANN401
    """Domain that a result is about."""
    stated = {(one.type, one.name): str(one.value or "") for one in result.properties}
    value = stated.get(_DOMAIN_AT[result.method], "") or stated.get(("header", "i"), "")
    return canonical_name(value.rpartition("@")[2])
