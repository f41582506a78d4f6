"""Segwit addresses as text and back: bech32 for version 0 (BIP 173), bech32m for 1 to 16 (BIP 350).

Two five-bit symbols are taken in one step, which makes the checksum twice as fast as the
reference code; the checksum is linear, so the table of 1,024 remainders holds every case.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NoReturn

from bongsu.errors import AddressError
from bongsu.model.text import _

SYMBOLS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SEGWIT = re.compile(rf"([!-~]+)1([{SYMBOLS}])([{SYMBOLS}]*)([{SYMBOLS}]{{6}})")
_DIGITS = str.maketrans(SYMBOLS, "0123456789abcdefghijklmnopqrstuv")
_PAIRS = [a + b for a in SYMBOLS for b in SYMBOLS]
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3


def _step(state: int, value: int) -> int:
    top = state >> 25
    state = (state & 0x1FFFFFF) << 5 ^ value
    for bit, factor in enumerate(_GENERATOR):
        if top >> bit & 1:
            state ^= factor
    return state


_REMAINDER = [_step(_step(top << 20, 0), 0) for top in range(1024)]


def _polymod(values: Iterable[int], state: int) -> int:
    for value in values:
        state = _step(state, value)
    return state


@cache
def _prefix_state(hrp: str) -> int:
    codes = hrp.encode()
    return _polymod([*(c >> 5 for c in codes), 0, *(c & 31 for c in codes)], 1)


def encode_segwit(hrp: str, version: int, program: bytes) -> str:
    """Address of a witness program in lower case; the caller vouches for version and length."""
    width = -(-len(program) * 8 // 5)
    number = int.from_bytes(program) << width * 5 - len(program) * 8
    state = _step(_prefix_state(hrp), version)
    text = hrp + "1" + SYMBOLS[version]
    if width % 2:
        first = number >> (width - 1) * 5
        state = _step(state, first)
        text += SYMBOLS[first]
    pairs = [number >> shift & 1023 for shift in range((width & ~1) * 5 - 10, -10, -10)]
    for pair in (*pairs, 0, 0, 0):
        state = (state & 0xFFFFF) << 10 ^ pair ^ _REMAINDER[state >> 20]
    state ^= _BECH32M if version else _BECH32
    pairs += (state >> 20, state >> 10 & 1023, state & 1023)
    return text + "".join([_PAIRS[pair] for pair in pairs])


def decode_segwit(text: str) -> tuple[str, int, bytes]:
    """Human-readable part, version and program of a segwit address.

    Raises:
        AddressError: with rule `bad_checksum` or `bad_address`.
    """
    found = _SEGWIT.fullmatch(text.lower())
    if found is None or not 8 <= len(text) <= 90 or text not in (text.lower(), text.upper()):
        raise _refusal(text, _("it is not written in bech32, all in one case"))
    hrp, version, symbols = found[1], SYMBOLS.index(found[2]), found[3]
    size, padding = divmod(len(symbols) * 5, 8)
    number = int("0" + symbols.translate(_DIGITS), 32)
    program = (number >> padding).to_bytes(size)
    if encode_segwit(hrp, version, program) != text.lower():
        _explain(text, hrp, version, found[2] + symbols + found[4])
    if version > 16 or not 2 <= size <= 40 or (version == 0 and size not in (20, 32)):
        raise _refusal(text, _("no witness program has this version and length"))
    return hrp, version, program


def _explain(text: str, hrp: str, version: int, data: str) -> NoReturn:
    """Raises what is wrong with a text that differs from what its own program encodes to."""
    state = _polymod((SYMBOLS.index(symbol) for symbol in data), _prefix_state(hrp))
    if state != (_BECH32M if version else _BECH32):
        raise _refusal(text, _("its checksum is wrong"), "bad_checksum")
    raise _refusal(text, _("its last symbol is padded wrongly"))


def _refusal(text: str, why: str, rule: str = "bad_address") -> AddressError:
    message = _("Cannot accept address {text}: {why}.").format(text=text, why=why)
    return AddressError(message, hint=_("Copy the whole address again from its source."), rule=rule)
