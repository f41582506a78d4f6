"""DKIM signatures verified with the keys that saved DNS answers hold. Source: RFC 6376, by dkimpy.

Whether a signature is still valid is asked for the day of the mail, not for today: mail in an archive is old.
"""

import binascii
import re
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from bongsu.model.dns import DnsSource, canonical_name
from bongsu.model.extra import load_extra
from bongsu.model.text import _

MOST_SIGNATURES = 5
_LEAST_BITS = 1024
_REVOKED = re.compile(r"(?:^|;)\s*p\s*=\s*(?:;|$)")


class DkimVerdict(NamedTuple):
    """What one signature proves."""

    domain: str
    selector: str
    verdict: str
    """pass, fail, permerror, or unknown."""
    why: str


def check_dkim(raw: bytes, dns: DnsSource) -> list[DkimVerdict]:
    """Verdict of each signature of a mail, the newest first.

    Raises:
        MissingExtraError: When dkimpy is not installed.
    """
    dkim = load_extra("dkim", "hunt")
    try:
        mail = dkim.DKIM(raw, minkey=_LEAST_BITS)
    except (dkim.DKIMException, MessageError, ValueError, LookupError) as error:
        return [DkimVerdict("", "", "permerror", str(error)[:200])]
    signatures = [one for one in mail.headers if one[0].lower() == b"dkim-signature"]
    return [_verdict(dkim, mail, one, dns) for one in signatures[:MOST_SIGNATURES]]


def _verdict(dkim: Any, mail: Any, header: tuple[bytes, bytes], dns: DnsSource) -> DkimVerdict:  # noqa: ANN401
    tags: dict[bytes, bytes] = {}
    try:
        tags = dkim.parse_tag_value(header[1])
        dkim.validate_signature_fields({key: value for key, value in tags.items() if key not in {b"t", b"x"}})
        domain, selector = canonical_name(_text(tags[b"d"])), canonical_name(_text(tags[b"s"]))
        expired = _is_expired(tags, mail.headers)
    except (dkim.DKIMException, ValueError, LookupError, TypeError) as error:
        named = canonical_name(_text(tags.get(b"d", b"")))
        return DkimVerdict(named, "", "permerror", str(error)[:200])
    keys = dns.lookup(f"{selector}._domainkey.{domain}", "TXT")
    if keys is None:
        return DkimVerdict(domain, selector, "unknown", _("the key is not among the saved answers"))
    if not keys:
        return DkimVerdict(domain, selector, "permerror", _("the domain has no such key"))
    if _REVOKED.search(keys[0]):
        return DkimVerdict(domain, selector, "permerror", _("the key was taken back"))
    if expired:
        return DkimVerdict(domain, selector, "fail", _("the signature had expired on the day of the mail"))
    signed = [one.lower() for one in re.split(rb"\s*:\s*", tags[b"h"].strip())]
    if b"from" not in signed:
        return DkimVerdict(domain, selector, "permerror", _("the signature does not cover From"))
    return _checked(dkim, mail, (tags, signed, header), (domain, selector, keys[0]))


def _checked(dkim: Any, mail: Any, parts: Any, named: tuple[str, str, str]) -> DkimVerdict:  # noqa: ANN401
    tags, signed, header = parts
    domain, selector, key = named
    try:
        passed = mail.verify_sig(tags, signed, header, lambda _name, timeout=0: key.encode())
    except dkim.ValidationError as error:
        return DkimVerdict(domain, selector, "fail", str(error)[:200])
    except (dkim.DKIMException, binascii.Error, ValueError, LookupError, TypeError) as error:
        return DkimVerdict(domain, selector, "permerror", str(error)[:200])
    if passed:
        return DkimVerdict(domain, selector, "pass", _("the signature is valid"))
    return DkimVerdict(domain, selector, "fail", _("the signature does not fit what it signs"))


def _is_expired(tags: dict[bytes, bytes], headers: list[tuple[bytes, bytes]]) -> bool:
    if b"x" not in tags:
        return False
    stated = next((value for name, value in headers if name.lower() == b"date"), b"")
    try:
        return parsedate_to_datetime(_text(stated)).timestamp() > int(tags[b"x"])
    except (ValueError, TypeError, IndexError, OverflowError):
        return False


def _text(raw: bytes) -> str:
    return raw.decode("ascii", errors="replace").strip()
