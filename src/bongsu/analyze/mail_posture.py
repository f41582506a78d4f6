"""What a domain's DNS says to receivers of its mail, and what to change, in the order to do it.

Source: RFC 7208 (SPF), 6376 and 8301 (DKIM), 7489 and 9989 (DMARC), 8461 (MTA-STS), 8460 (TLS-RPT); the
advice of JCSA-20240502-001: a DMARC policy that is enforced. What is not among the answers is unknown.
"""

import base64
import binascii
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from bongsu.analyze.dmarc import dmarc_tags
from bongsu.analyze.mail_sender import Senders
from bongsu.analyze.posture_spf import Advice, review_spf
from bongsu.analyze.registrable import registered_domain
from bongsu.model.dns import DnsSource, canonical_name
from bongsu.model.text import _

SELECTORS = (
    "default",
    "dkim",
    "google",
    "k1",
    "k2",
    "k3",
    "mail",
    "s1",
    "s2",
    "selector1",
    "selector2",
    "smtp",
)
"""Selectors that mail programs and services use when nobody chooses others."""
_LEAST_KEY = 256
"""Bytes of a public RSA key of 2,048 bits, at least."""
_MAILTO = re.compile(r"mailto:[^@,\s]+@([^,!\s]+)", re.IGNORECASE)


class Posture(NamedTuple):
    """What was found."""

    domain: str
    found: dict[str, str]
    """Each record that was looked for, and what stands there."""
    advice: tuple[Advice, ...]
    """What to change, in the order to do it."""


def review_posture(
    domain: str, dns: DnsSource, *, selectors: Collection[str] = (), names: Collection[str] = (),
    senders: Senders | None = None,
) -> Posture:  # fmt: skip
    """What a domain's records say, and what to change.

    Args:
        domain: Domain that mail is sent from.
        dns: Where records are looked up.
        selectors: Selectors of DKIM that are known, beside the usual ones.
        names: Names that are known to exist, of which those below the domain are looked at.
        senders: Who sends as the domain, from reports; none: not known.
    """
    at = canonical_name(domain)
    found: dict[str, str] = {}
    mail = dns.lookup(at, "MX")
    found["MX"] = _shown(mail)
    advice = [*review_spf(at, dns, receives=mail is None or bool(mail), found=found)]
    known = {
        *selectors,
        *SELECTORS,
        *(one.partition("._domainkey.")[0] for one in names if one.endswith(f"._domainkey.{at}")),
    }
    advice += _dkim(at, dns, sorted(known), found)
    advice += _dmarc(at, dns, senders, found)
    advice += _below(at, dns, names)
    if mail is None or mail:
        advice += _transport(at, dns, found)
    return Posture(at, found, tuple(advice))


def _shown(values: tuple[str, ...] | None) -> str:
    if values is None:
        return _("not among the saved answers")
    return "; ".join(values) or _("none")


def _dkim(domain: str, dns: DnsSource, selectors: list[str], found: dict[str, str]) -> Iterator[Advice]:
    """Keys: their length, and whether there are any."""
    answers = {one: dns.lookup(f"{one}._domainkey.{domain}", "TXT") for one in selectors}
    keys = {one: values[0] for one, values in answers.items() if values}
    found["DKIM"] = "; ".join(sorted(keys)) or _shown(None if None in answers.values() else ())
    name = f"s1._domainkey.{domain}"
    if not keys:
        certain = None not in answers.values()
        what = _("no DKIM key was found") if certain else _("no DKIM key is known")
        why = _("Without a signature forwarded mail fails DMARC. Selectors cannot be listed: name yours.")
        record = f'{name}. TXT "v=DKIM1; k=rsa; p=' + _("<public key of 2,048 bits>") + '"'
        yield Advice("medium" if certain else "informational", "dkim_missing", what, why, record)
    for selector, key in keys.items():
        yield from _of_key(domain, selector, key)


def _of_key(domain: str, selector: str, key: str) -> Iterator[Advice]:
    tags = dict(re.findall(r"(\w+)\s*=\s*([^;]*)", key))
    packed = re.sub(r"\s", "", tags.get("p", ""))
    if not packed:
        return
    try:
        size = len(base64.b64decode(packed, validate=True))
    except (binascii.Error, ValueError):
        what = _("the key of selector {selector} cannot be read").format(selector=selector)
        yield Advice("high", "dkim_damaged", what, _("Every signature with it fails."), "")
        return
    place = f"{selector}._domainkey.{domain}."
    if tags.get("k", "rsa").strip() == "rsa" and size < _LEAST_KEY:
        what = _("the key of selector {selector} is shorter than 2,048 bits").format(selector=selector)
        record = f'{place} TXT "v=DKIM1; k=rsa; p=' + _("<public key of 2,048 bits>") + '"'
        yield Advice(
            "medium", "dkim_short", what, _("Short keys can be broken, and then anyone signs as you."), record
        )
    if "y" in tags.get("t", "").split(":"):
        what = _("the key of selector {selector} says that it is a test").format(selector=selector)
        yield Advice("low", "dkim_test", what, _("Receivers may ignore its signatures."), "")


def _dmarc(domain: str, dns: DnsSource, senders: Senders | None, found: dict[str, str]) -> Iterator[Advice]:
    name = f"_dmarc.{domain}"
    texts = dns.lookup(name, "TXT")
    records = [one for one in texts or () if dmarc_tags(one) is not None]
    found["DMARC"] = _shown(None if texts is None else tuple(records))
    if texts is None:
        what = _("whether there is a DMARC record is not known")
        yield Advice(
            "informational", "dmarc_unknown", what, _("Save the answer for {name}.").format(name=name), ""
        )
    elif not records:
        why = _("Anyone can send as you, and you do not learn of it. Begin with reports, then enforce.")
        yield Advice(
            "high", "dmarc_missing", _("there is no DMARC record"), why, _record(domain, {"p": "none"})
        )
        yield _enforce(domain, {"p": "none"}, senders)
    elif len(records) > 1:
        what = _("there are {count} DMARC records").format(count=len(records))
        yield Advice("high", "dmarc_several", what, _("Receivers then apply none of them. Keep one."), "")
    else:
        yield from _of_policy(domain, dns, dmarc_tags(records[0]) or {}, senders)


def _of_policy(
    domain: str, dns: DnsSource, tags: dict[str, str], senders: Senders | None
) -> Iterator[Advice]:
    """What weakens a record."""
    if "rua" not in tags:
        why = _("Without reports you do not see who sends as you.")
        yield Advice("medium", "dmarc_no_reports", _("no reports are asked for"), why, _record(domain, tags))
    for outside in sorted(set(_MAILTO.findall(tags.get("rua", "")))):
        yield from _of_reports(domain, canonical_name(outside), dns)
    if tags.get("p") not in {"quarantine", "reject"}:
        yield _enforce(domain, tags, senders)
        return
    if tags.get("pct", "100") != "100":
        what = _("the policy is for {share} percent of the mail alone").format(share=tags["pct"])
        strict = {key: value for key, value in tags.items() if key != "pct"}
        yield Advice(
            "medium",
            "dmarc_partly",
            what,
            _("The rest of the forged mail is delivered."),
            _record(domain, strict),
        )
    if tags.get("sp", tags["p"]) == "none":
        what = _("the policy for names below the domain is none")
        why = _("Forgers then use a name below yours, whether it exists or not.")
        yield Advice("high", "dmarc_below", what, why, _record(domain, tags | {"sp": tags["p"]}))
    if tags["p"] == "quarantine":
        what = _("the policy is quarantine, not reject")
        why = _("It protects; reject also keeps forged mail out of junk folders, where people look.")
        yield Advice("low", "dmarc_quarantine", what, why, _record(domain, tags | {"p": "reject"}))


def _of_reports(domain: str, outside: str, dns: DnsSource) -> Iterator[Advice]:
    """An address of another organization must say that it takes the reports."""
    if registered_domain(outside) == registered_domain(domain):
        return
    name = f"{domain}._report._dmarc.{outside}"
    if dns.lookup(name, "TXT") == ():
        what = _("{outside} does not say that it takes your reports").format(outside=outside)
        why = _("Receivers then send none there; the owner of {outside} has to publish it.").format(
            outside=outside
        )
        yield Advice("medium", "dmarc_reports_refused", what, why, f'{name}. TXT "v=DMARC1"')


def _enforce(domain: str, tags: dict[str, str], senders: Senders | None) -> Advice:
    """Advice to enforce the policy: at once where reports show that nothing of yours fails."""
    asked = {key: value for key, value in tags.items() if key not in {"pct", "sp"}}
    what = _("the DMARC policy is none: forged mail is delivered")
    if senders is not None and senders.passed and not senders.failing_own:
        why = _("In the reports {share:.1%} of {total:,} mails pass, and no sender passes only partly.")
        said = why.format(share=senders.passed / senders.total, total=senders.total)
        return Advice("high", "dmarc_none", what, said, _record(domain, asked | {"p": "reject"}))
    if senders is not None and senders.failing_own:
        why = _("First set up these senders, which pass only partly: {names}.")
        said = why.format(names=", ".join(senders.failing_own[:5]))
    else:
        said = _("Read some weeks of reports first, set up senders of yours that fail, then publish this.")
    return Advice("high", "dmarc_none", what, said, _record(domain, asked | {"p": "quarantine"}))


def _record(domain: str, tags: dict[str, str]) -> str:
    """Record to publish; it asks for reports."""
    kept = {"p": tags.get("p", "none")} | tags
    kept.setdefault("rua", f"mailto:dmarc@{domain}")
    return (
        f'_dmarc.{domain}. TXT "v=DMARC1; ' + "; ".join(f"{key}={value}" for key, value in kept.items()) + '"'
    )


def _below(domain: str, dns: DnsSource, names: Collection[str]) -> Iterator[Advice]:
    """Names below the domain that receive mail and say nothing of who sends, or ask for less."""
    for name in sorted(one for one in names if one.endswith(f".{domain}") and one != f"_dmarc.{domain}"):
        if name.startswith("_dmarc."):
            tags = next((tags for one in dns.lookup(name, "TXT") or () if (tags := dmarc_tags(one))), {})
            if tags.get("p") == "none":
                what = _("{name} has a policy of its own, none").format(name=name.removeprefix("_dmarc."))
                why = _("It replaces that of the domain. Remove it, or enforce it.")
                yield Advice("high", "dmarc_below_own", what, why, "")
        elif dns.lookup(name, "MX") and not any(
            one.lower().startswith("v=spf1") for one in dns.lookup(name, "TXT") or ()
        ):
            what = _("{name} receives mail and has no SPF record").format(name=name)
            why = _("SPF of the domain does not reach below it.")
            yield Advice("low", "spf_below", what, why, f'{name}. TXT "v=spf1 -all"')


def _transport(domain: str, dns: DnsSource, found: dict[str, str]) -> Iterator[Advice]:
    """MTA-STS and TLS-RPT: whether mail to the domain must be encrypted, and who learns if it is not."""
    asked = {
        "MTA-STS": (f"_mta-sts.{domain}", "v=stsv1", '"v=STSv1; id=1"'),
        "TLS-RPT": (f"_smtp._tls.{domain}", "v=tlsrptv1", f'"v=TLSRPTv1; rua=mailto:tls@{domain}"'),
    }
    for what, (name, begins, record) in asked.items():
        texts = dns.lookup(name, "TXT")
        stated = [one for one in texts or () if one.lower().startswith(begins)]
        found[what] = _shown(None if texts is None else tuple(stated))
        if texts is not None and not stated:
            why = _("Who sits between servers can read mail to you, and nobody notices.")
            said = _("there is no {what} record").format(what=what)
            yield Advice(
                "low", f"{what.lower().replace('-', '_')}_missing", said, why, f"{name}. TXT {record}"
            )
