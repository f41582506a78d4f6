"""Public suffixes: names below which strangers register theirs. From a bundled list, offline."""

from functools import cache

from bongsu.model.extra import load_extra


def is_public_suffix(host: str) -> bool:
    """Whether the host is a public suffix, as `co.kr` or `github.io`; so is every name of one label.

    Raises:
        MissingExtraError: When the package with the list is not installed.
    """
    return "." not in host or _is_listed(host)


def is_private_suffix_below(host: str) -> bool:
    """Whether the host is below a suffix that a company keeps for its customers, as `a.github.io` is.

    Raises:
        MissingExtraError: When the package with the list is not installed.
    """
    private = _private()
    rest = host.partition(".")[2]
    while rest:
        if rest in private:
            return True
        rest = rest.partition(".")[2]
    return False


def _is_listed(host: str) -> bool:
    rules = _all()
    if host in rules:
        return True
    above = host.partition(".")[2]
    return f"*.{above}" in rules and f"!{host}" not in rules


@cache
def _all() -> frozenset[str]:
    return _listed(True)


@cache
def _private() -> frozenset[str]:
    return frozenset(rule.removeprefix("*.") for rule in _all() - _listed(False) if not rule.startswith("!"))


def _listed(private: bool) -> frozenset[str]:
    """Rules of the list, in ASCII."""
    extract = load_extra("tldextract", "hunt").TLDExtract(
        suffix_list_urls=(), include_psl_private_domains=private, cache_dir=None
    )
    return frozenset(_ascii(rule) for rule in extract.tlds)


def _ascii(rule: str) -> str:
    if rule.isascii():
        return rule
    try:
        return rule.encode("idna").decode()
    except UnicodeError:
        return rule
