"""The part of a host name that somebody registered, by the bundled public suffix list; nothing is fetched.

Names below the suffixes of hosting companies count as registered by their customers: `a.github.io` is one.
"""

from functools import cache
from typing import Any, NamedTuple

from bongsu.model.extra import load_extra


class HostParts(NamedTuple):
    """A host name cut where it is registered."""

    below: str
    """What stands before the registered name; empty: nothing."""
    label: str
    """Label that was registered; empty where the host is a public suffix or an address."""
    suffix: str
    """Public suffix."""

    @property
    def registered(self) -> str:
        """Registered name; empty where there is none."""
        return f"{self.label}.{self.suffix}" if self.label and self.suffix else ""


def host_parts(host: str) -> HostParts:
    """Parts of a host name in lower case, punycode as it is.

    Cost: some ten microseconds.

    Raises:
        MissingExtraError: When the package with the list is not installed.
    """
    found = _extract()(host.strip(".").lower())
    if not found.suffix and found.subdomain:  # by the list's last rule an unknown top level is a suffix
        below, _dot, label = found.subdomain.rpartition(".")
        return HostParts(below, label, found.domain)
    return HostParts(found.subdomain, found.domain, found.suffix)


def registered_domain(host: str) -> str:
    """Registered name of a host; the host itself where none is known."""
    return host_parts(host).registered or host.strip(".").lower()


@cache
def _extract() -> Any:  # noqa: ANN401
    return load_extra("tldextract", "hunt").TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )
