"""One mail as a row: what headers state, and names, hashes and links of what is in it.

Who it was sent to is a victim's address: the domains alone are kept, and how many there were.
"""

import hashlib
import ipaddress
import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import unescape

from bongsu.model.mail_address import addresses_in
from bongsu.read.lock_entry import storable
from bongsu.read.mime import Headers, Part, decoded

COLUMNS = (
    "message_id",
    "in_reply_to",
    "date",
    "from",
    "from_name",
    "from_domain",
    "reply_to",
    "reply_to_domain",
    "return_path",
    "to",
    "subject",
    "received_ips",
    "authentication_results",
    "dkim_domains",
    "attachments",
    "attachment_sha256",
    "urls",
    "url_hosts",
    "list_id",
    "precedence",
    "content_types",
)
"""Columns of a mail; several values of one are parted by a space, of names and results by a line feed."""
KNOWN = frozenset({"from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version"})
"""Headers that tell mail from other text."""
MOST_URLS = 100
_SCANNED = 1024 * 1024
_MOST_ADDRESSES = 1000
_URL = re.compile(rb"https?://[^\s\"'<>\\^`{|}]{3,2000}", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/:?#]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]|\(([0-9.]{7,15})\)")
_DOMAIN = re.compile(r"(?:^|[;\s])d\s*=\s*([^;\s]+)")
_MAILBOX = re.compile(r'\s*(?:"((?:[^"\\]|\\.){0,400})"|([^<>",;:()]{0,400}))\s*<([^<>\s"]{1,400})>')
_PLAIN = re.compile(r"\s*([^\s<>\",;:()]{1,400}@[^\s<>\",;:()]{1,400})\s*(?:,|$)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_RECIPIENT = re.compile(r"[^\s<>,;:\"]@([^\s<>,;:()\"]{1,255})")
_BY = re.compile(r"\sby\s")


def header_row(headers: Headers) -> dict[str, str]:
    """Values of the columns that headers state."""
    from_name, sender = _first_address(headers, "from")
    _name, reply_to = _first_address(headers, "reply-to")
    return {
        "message_id": _one(headers, "message-id"),
        "in_reply_to": (_one(headers, "in-reply-to") or _one(headers, "references")).partition(" ")[0],
        "date": date_of(_one(headers, "date")),
        "from": sender,
        "from_name": from_name,
        "from_domain": domain_of(sender),
        "reply_to": reply_to,
        "reply_to_domain": domain_of(reply_to),
        "return_path": _first_address(headers, "return-path")[1],
        "to": _recipients(headers),
        "subject": decoded(_one(headers, "subject"))[:1000],
        "received_ips": " ".join(_received_ips(headers.get("received", []))),
        "authentication_results": "\n".join(headers.get("authentication-results", [])[:10])[:8000],
        "dkim_domains": " ".join(_signers(headers.get("dkim-signature", []))),
        "list_id": decoded(_one(headers, "list-id"))[:400],
        "precedence": (_one(headers, "auto-submitted") or _one(headers, "precedence"))[:80].lower(),
    }


def body_row(parts: Iterable[Part]) -> tuple[dict[str, str], bool]:
    """Values of the columns that the parts give, and whether all of them could be decoded."""
    names, digests, kinds, links, whole = list[str](), list[str](), list[str](), dict[str, None](), True
    for part in parts:
        whole = whole and part.whole
        kinds.append(part.kind)
        if part.name or not part.kind.startswith(("text/", "message/")):
            names.append(part.name or f"({part.kind})")
            digests.append(hashlib.sha256(part.body).hexdigest())
        if part.kind in {"text/plain", "text/html"}:
            links.update(dict.fromkeys(_links(part)))
    found = list(links)[:MOST_URLS]
    return {
        "attachments": "\n".join(names),
        "attachment_sha256": ",".join(f"SHA256={one}" for one in digests),
        "urls": " ".join(found),
        "url_hosts": " ".join(dict.fromkeys(host for one in found if (host := _host(one)))),
        "content_types": " ".join(dict.fromkeys(kinds))[:1000],
    }, whole


def row_of(values: dict[str, str]) -> Sequence[str | None]:
    """Values in the order of COLUMNS; what is empty is null."""
    return [storable(values.get(name, "")) or None for name in COLUMNS]


def domain_of(address: str) -> str:
    """Domain of a mail address in lower case."""
    return address.rpartition("@")[2].strip(".>").lower() if "@" in address else ""


def date_of(stated: str) -> str:
    """The date in UTC as ISO 8601; as it is stated where it is none."""
    try:
        moment = parsedate_to_datetime(stated[:200])
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return stated[:100]
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else stated[:100]


def _one(headers: Headers, name: str) -> str:
    return headers.get(name, [""])[0].strip()


def _first_address(headers: Headers, name: str) -> tuple[str, str]:
    """Display name and address of the first address of a field."""
    value = _one(headers, name)[:2000]
    if met := _MAILBOX.match(value):
        return decoded(met[1] or met[2] or ""), met[3].lower()
    if met := _PLAIN.match(value):
        return "", met[1].lower()
    for shown, address in addresses_in(value):
        if "@" in address:
            return decoded(shown)[:400], address.strip().lower()[:400]
    return decoded(value)[:400], ""


def _recipients(headers: Headers) -> str:
    stated = [value[:100_000] for name in ("to", "cc") for value in headers.get(name, [])[:10]]
    found = [one.strip(".").lower() for value in stated for one in _RECIPIENT.findall(_QUOTED.sub("", value))]
    return f"{len(found)} {' '.join(sorted(set(found[:_MOST_ADDRESSES])))}" if found else ""


def _received_ips(hops: Sequence[str]) -> list[str]:
    """Address that each hop says it received the mail from, the newest first."""
    found = []
    for hop in hops[:50]:
        told = _BY.split(hop[:2000], maxsplit=1)[0]
        for met in _ADDRESS.finditer(told):
            try:
                found.append(str(ipaddress.ip_address(met[1] or met[2])))
                break
            except ValueError:
                continue
    return found


def _signers(signatures: Sequence[str]) -> list[str]:
    met = [_DOMAIN.search(one[:4000]) for one in signatures[:20]]
    return list(dict.fromkeys(one[1].lower() for one in met if one))


def _links(part: Part) -> list[str]:
    """Links of a text, without what closes the sentence behind one."""
    found = []
    for met in _URL.finditer(part.body, 0, _SCANNED):
        link = met[0].decode("utf-8", errors="replace")
        link = unescape(link) if part.kind == "text/html" else link
        found.append(link.split(" ")[0].rstrip(".,;:!?)]*"))
        if len(found) >= 10 * MOST_URLS:
            break
    return found


def _host(link: str) -> str:
    met = _HOST.match(link)
    return met[1].rstrip(".").lower() if met else ""
