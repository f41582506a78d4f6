"""Devices: serial, USB, EDID, MAC. A placeholder of a maker is no serial; a product is not a device."""

import re

from bongsu.facts.word_table import load_words
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_USB = re.compile(
    r"(?:USB[\\/])?(?:VID_)?(?:0x)?([0-9A-F]{4})(?:[:&/]|\s)(?:PID_)?(?:0x)?([0-9A-F]{4})(?:[\\/: ]+(.+))?",
    re.IGNORECASE,
)
_EDID = re.compile(r"([A-Z]{3})[-:/ ]?([0-9A-F]{4})(?:[-:/ ]+(.+))?", re.IGNORECASE)
_MAC = re.compile(r"[0-9a-f]{12}")
_OUI = re.compile(r"[0-9a-f]{6}")
_BROADCAST = ("0" * 12, "f" * 12)
_HEADER = bytes.fromhex("00ffffffffffff00")


def canonical_serial(text: str) -> Canonical | Fault:
    """Serial in upper case without signs between; too short a one is weak."""
    value = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    if not value or len(set(value)) == 1 or value.lower() in load_words("identifiers", "weak", "serials"):
        return Fault("placeholder_serial", _("a maker writes it where there is no serial"))
    if len(value) < 5:
        return Canonical("serial", value, strength="weak", why=_("a serial so short may be another device's"))
    return Canonical("serial", value)


def canonical_usb(text: str) -> Canonical | Fault:
    """`vid:pid` and the serial where it has one; without it, many devices share the value: weak."""
    found = _USB.fullmatch(text.strip())
    if found is None:
        return Fault("bad_usb", _("it is not vendor and product in hexadecimal"))
    return _of_product("usb", f"{found[1]}:{found[2]}".lower(), found[3])


def canonical_edid(text: str) -> Canonical | Fault:
    """Maker, product and serial of a display, from its EDID in hexadecimal or as text `GSM-5B09-12345`."""
    plain = re.sub(r"[\s:]", "", text)
    if re.fullmatch(r"[0-9a-fA-F]{256,}", plain) and len(plain) % 2 == 0:
        return _edid_of(bytes.fromhex(plain))
    found = _EDID.fullmatch(text.strip())
    if found is None:
        return Fault("bad_edid", _("it is no EDID"))
    return _of_product("edid", f"{found[1]}-{found[2]}".upper(), found[3])


def canonical_mac(text: str) -> Canonical | Fault:
    """Hardware address in lower case with colons; its first half alone (OUI), or one made up, is weak."""
    digits = re.sub(r"[\s:.\-]", "", text).lower()
    if _OUI.fullmatch(digits):
        return Canonical("mac", _colons(digits), strength="weak", why=_("it names a maker, not a device"))
    if _MAC.fullmatch(digits) is None or digits in _BROADCAST or int(digits[:2], 16) & 1:
        return Fault("bad_mac", _("it is no hardware address of one device"))
    if int(digits[:2], 16) & 2:
        why = _("it was made up by software, which may make it again")
        return Canonical("mac", _colons(digits), strength="weak", why=why)
    return Canonical("mac", _colons(digits))


def _colons(digits: str) -> str:
    return ":".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _of_product(kind: str, product: str, serial: str | None) -> Canonical:
    """A product with its serial, or the product alone."""
    found = canonical_serial(serial) if serial else Fault("placeholder_serial", "")
    if isinstance(found, Fault):
        return Canonical(kind, product, strength="weak", why=_("it names a product, not a device"))
    return Canonical(kind, f"{product}:{found.value}", strength=found.strength, why=found.why)


def _edid_of(data: bytes) -> Canonical | Fault:
    """Maker, product and serial of a binary EDID (VESA E-EDID 1.4, sections 3.4 and 3.10.3)."""
    if not data.startswith(_HEADER) or sum(data[:128]) % 256:
        return Fault("bad_edid", _("its header or its checksum is wrong"))
    packed = int.from_bytes(data[8:10], "big")
    maker = "".join(chr(64 + (packed >> shift & 31)) for shift in (10, 5, 0))
    product = f"{int.from_bytes(data[10:12], 'little'):04X}"
    number = int.from_bytes(data[12:16], "little")
    blocks = [data[start : start + 18] for start in range(54, 126, 18)]
    texts = [block[5:].partition(b"\n")[0] for block in blocks if block[:5] == b"\0\0\0\xff\0"]
    serial = texts[0].decode("ascii", "replace").strip() if texts else str(number or "")
    return _of_product("edid", f"{maker}-{product}", serial)
