"""Addresses: one canonical form to store and compare, one form to show, one CAIP-10 id.

EVM: lower-case hex, shown with its EIP-55 checksum. Bitcoin: bech32 and bech32m in lower case,
base58 as it is. TRON: base58. Solana: base58, 32 bytes. A checksum that the text carries is verified.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from bongsu.errors import AddressError
from bongsu.model.asset import BITCOIN
from bongsu.model.bech32 import decode_segwit
from bongsu.model.schema import arrow_field, column
from bongsu.model.text import _

_EVM = re.compile(r"(?:0[xX]|\\x)?([0-9a-fA-F]{40})")
_TRON_HEX = re.compile(r"(?:0[xX]|\\x)?(41[0-9a-fA-F]{40})")
_SHOWABLE = re.compile(r"0x[0-9a-f]{40}")
_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]{25,40}")
_KEY = re.compile(r"[1-9A-HJ-NP-Za-km-z]{32,44}")
_BITCOIN_VERSIONS = (0x00, 0x05)
_TRON_VERSION = 0x41


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of a chain."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    address: str = column("address in canonical form", source="EIP-55, BIP 13, BIP 173, BIP 350")


ADDRESS = pa.schema(
    [
        arrow_field(Address, "chain", pa.string()),
        arrow_field(Address, "address", pa.string()),
    ]
)
"""Many addresses."""


def canonical_address(chain: str, text: str) -> str:
    """Canonical form of an address as a person or a file writes it.

    Raises:
        AddressError: with rule `bad_checksum` for a well-formed address whose checksum is wrong,
            `unknown_chain` for a chain without address rules, `bad_address` for all else.
    """
    namespace = chain.partition(":")[0]
    text = text.strip()
    if namespace == "eip155":
        return _canonical_evm(text)
    if namespace == "bip122":
        return _canonical_bitcoin(text, strict=chain == BITCOIN)
    if namespace == "tron":
        return _canonical_tron(text)
    if namespace == "solana":
        return _canonical_solana(text)
    raise AddressError(
        _("Cannot read address {text}: no address rules are known for chain {chain}.").format(
            text=text, chain=chain
        ),
        hint=_("Chains of the namespaces eip155, bip122, tron and solana have address rules."),
        rule="unknown_chain",
    )


def is_address(chain: str, text: str) -> bool:
    """Whether the text is an address of the chain, in any form that `canonical_address` accepts."""
    try:
        canonical_address(chain, text)
    except AddressError:
        return False
    return True


def shown_address(chain: str, canonical: str) -> str:
    """Address as a person should see it: EIP-55 on EVM chains; other holders and chains as they are."""
    if chain.startswith("eip155:") and _SHOWABLE.fullmatch(canonical):
        return _checksummed(canonical)
    return canonical


def account_id(chain: str, address: str) -> str:
    """CAIP-10 id of an account; the address is made canonical first."""
    return f"{chain}:{canonical_address(chain, address)}"


def base58check(version: int, payload: bytes) -> str:
    """Base58Check text of a version byte and a payload."""
    encode: Any = _base58().b58encode_check
    return str(encode(bytes((version,)) + payload).decode())


@lru_cache(maxsize=65_536)
def _checksummed(canonical: str) -> str:
    from Crypto.Hash import keccak

    digits = canonical[2:]
    digest = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    shown = (d.upper() if nibble > "7" else d for d, nibble in zip(digits, digest, strict=False))
    return "0x" + "".join(shown)


def _canonical_evm(text: str) -> str:
    found = _EVM.fullmatch(text)
    if found is None:
        raise _refusal(text, _("it is not 40 hexadecimal digits after 0x"))
    digits = found[1]
    canonical = "0x" + digits.lower()
    if digits not in (digits.lower(), digits.upper()) and _checksummed(canonical)[2:] != digits:
        raise _refusal(text, _("its EIP-55 checksum is wrong"), "bad_checksum")
    return canonical


def _canonical_bitcoin(text: str, *, strict: bool) -> str:
    if text[:3].lower() == "bc1" or (not strict and _BASE58.fullmatch(text) is None):
        hrp, *_rest = decode_segwit(text)
        if strict and hrp != "bc":
            raise _refusal(text, _("it belongs to another network"))
        return text.lower()
    version, size = _opened_base58(text)
    if size != 21 or (strict and version not in _BITCOIN_VERSIONS):
        raise _refusal(text, _("it belongs to another network"))
    return text


def _canonical_tron(text: str) -> str:
    found = _TRON_HEX.fullmatch(text)
    if found is not None:
        return base58check(_TRON_VERSION, bytes.fromhex(found[1][2:]))
    if _opened_base58(text) != (_TRON_VERSION, 21):
        raise _refusal(text, _("it belongs to another network"))
    return text


def _canonical_solana(text: str) -> str:
    """Public key of 32 bytes in base58; it carries no checksum."""
    decode: Any = _base58().b58decode
    if _KEY.fullmatch(text) is None or len(decode(text)) != 32:
        raise _refusal(text, _("it is not a key of 32 bytes in base58"))
    return text


def _opened_base58(text: str) -> tuple[int, int]:
    """Version byte and length of a Base58Check text whose checksum holds."""
    if _BASE58.fullmatch(text) is None:
        raise _refusal(text, _("it is not written in base58"))
    decode: Any = _base58().b58decode_check
    try:
        payload: bytes = decode(text)
    except ValueError as error:
        raise _refusal(text, _("its checksum is wrong"), "bad_checksum") from error
    return payload[0], len(payload)


def _base58() -> Any:  # noqa: ANN401
    import base58

    return base58


def _refusal(text: str, why: str, rule: str = "bad_address") -> AddressError:
    message = _("Cannot accept address {text}: {why}.").format(text=text, why=why)
    return AddressError(message, hint=_("Copy the whole address again from its source."), rule=rule)
