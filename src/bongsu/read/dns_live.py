"""Records of the DNS looked up now, over the network; only where a person asks for it.

Whoever runs the servers of a domain can see that it is asked about: never look up what an adversary owns.
"""

from typing import Any

from bongsu.model.dns import RECORD_KINDS, canonical_name
from bongsu.model.extra import load_extra
from bongsu.read.dns_answer import record_of

_SECONDS = 5.0


class LiveAnswers:
    """Records that a resolver gives; each is asked for once."""

    def __init__(self, resolver: Any = None) -> None:  # noqa: ANN401
        """Asks the resolver, that of the system if not given.

        Raises:
            MissingExtraError: When dnspython is not installed.
        """
        self._errors = load_extra("dns.exception", "hunt")
        self._module = load_extra("dns.resolver", "hunt")
        self._resolver = resolver or self._module.Resolver()
        self._known: dict[tuple[str, str], tuple[str, ...] | None] = {}

    def lookup(self, name: str, kind: str) -> tuple[str, ...] | None:
        """Values of the records; empty: there are none; None: no answer came."""
        key = canonical_name(name), kind
        if key not in self._known:
            self._known[key] = self._asked(*key) if kind in RECORD_KINDS else None
        return self._known[key]

    def _asked(self, name: str, kind: str) -> tuple[str, ...] | None:
        try:
            answer = self._resolver.resolve(name, kind, lifetime=_SECONDS, search=False)
        except (self._module.NXDOMAIN, self._module.NoAnswer):
            return ()
        except (self._errors.DNSException, OSError):
            return None
        made = (record_of(name, kind, one.to_text()) for one in answer)
        return tuple(one.value for one in made if one)
