"""Accounts that money goes to: IBAN, routing number with account, account at a payment platform."""

import re

from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_SEPARATORS = re.compile(r"[\s.\-]")
_ROUTED = re.compile(r"\s*([0-9]{9})\s*[/:,| \-]\s*([0-9][0-9\- ]{2,20})\s*")
_HANDLE = re.compile(r"[a-z0-9._+@$-]{2,80}")
_LENGTHS = """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28
EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26
IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18
NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24
TR26 UA29 VA22 VG24 XK20
"""
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
"""Country to the length of its numbers (SWIFT, IBAN registry)."""


def canonical_iban(text: str) -> Canonical | Fault:
    """International account number without spaces, check digits proven (ISO 13616, ISO 7064 mod 97-10)."""
    value = _SEPARATORS.sub("", text).upper().removeprefix("IBAN").lstrip(":")
    if _IBAN.fullmatch(value) is None or len(value) != IBAN_LENGTHS.get(value[:2], len(value)):
        return Fault("bad_iban", _("it does not have the form of an IBAN"))
    number = "".join(str(int(sign, 36)) for sign in value[4:] + value[:4])
    if int(number) % 97 != 1:
        return Fault("bad_checksum", _("its check digits are wrong"))
    return Canonical("iban", value)


def canonical_bank_account(text: str) -> Canonical | Fault:
    """Routing number and account with a slash between; the routing number's check digit proven (ABA)."""
    found = _ROUTED.fullmatch(text)
    if found is None:
        return Fault("bad_account", _("it is not a routing number of nine digits and an account"))
    if not is_routing_number(found[1]):
        return Fault("bad_checksum", _("the routing number's check digit is wrong"))
    account = re.sub(r"\D", "", found[2]).lstrip("0")
    if len(account) < 3:
        return Fault("bad_account", _("the account has too few digits"))
    return Canonical("bank_account", f"{found[1]}/{account}", namespace="aba")


def is_routing_number(text: str) -> bool:
    """Whether nine digits are a routing number by their check digit; all zeros are none."""
    weighted = sum(int(digit) * weight for digit, weight in zip(text, (3, 7, 1) * 3, strict=True))
    return text != "0" * 9 and weighted % 10 == 0


def canonical_emoney(text: str, service: str) -> Canonical | Fault:
    """Account at a payment platform in lower case; without the platform it says little, so it is weak."""
    value = text.strip().casefold()
    if _HANDLE.fullmatch(value) is None:
        return Fault("bad_emoney", _("it is no account name or number"))
    namespace = service.strip().casefold()
    if not namespace:
        return Canonical("emoney", value, strength="weak", why=_("the payment platform is not named"))
    return Canonical("emoney", value, namespace=namespace)
