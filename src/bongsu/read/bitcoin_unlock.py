"""Which output script an input's own data proves that it spends: hashes leave no choice.

The data that unlocks an output by a hash (P2PKH, P2SH, and witness programs of version 0: BIP 16, BIP 141)
holds what is hashed, so the script can be said without the transaction that made the output. A bare public
key, bare multisig and Taproot (BIP 341) do not show it.
"""

from hashlib import sha256

from Crypto.Hash import RIPEMD160

_KEY_BYTES = {33: b"\x02\x03", 65: b"\x04\x06\x07"}
_SIGNATURE_BYTES = range(9, 74)
_DIRECT_PUSH, _PUSH_1, _PUSH_2 = 0x4B, 0x4C, 0x4D
_OP_0, _OP_16 = 0x00, 0x60
_ANNEX = 0x50
_TAPROOT_LEAF = 0xC0


def proven_script(unlock: bytes, witness: list[bytes]) -> bytes | None:
    """Script of the output that an input spends; None where its data does not prove it.

    Args:
        unlock: The input's script.
        witness: Items of the input's witness, none where it has none.
    """
    if not unlock:
        return _witness_script(witness)
    pushed = _pushes(unlock)
    if not pushed:
        return None
    if not witness and len(pushed) == 2 and _is_signature(pushed[0]) and _is_key(pushed[1]):
        return b"\x76\xa9\x14" + _hash160(pushed[1]) + b"\x88\xac"
    if not pushed[-1] or _is_signature(pushed[-1]):
        return None
    return b"\xa9\x14" + _hash160(pushed[-1]) + b"\x87"


def _witness_script(witness: list[bytes]) -> bytes | None:
    """Script of a witness program of version 0; a single item, a control block or an annex is Taproot's."""
    if len(witness) < 2 or not witness[-1] or witness[-1][0] == _ANNEX:
        return None
    last = witness[-1]
    if len(witness) == 2 and _is_signature(witness[0]) and len(last) == 33 and _is_key(last):
        return b"\x00\x14" + _hash160(last)
    if len(last) % 32 == 1 and last[0] & 0xFE == _TAPROOT_LEAF:
        return None
    return b"\x00\x20" + sha256(last).digest()


def _hash160(data: bytes) -> bytes:
    return RIPEMD160.new(sha256(data).digest()).digest()


def _is_key(data: bytes) -> bool:
    return data[:1] != b"" and data[:1] in _KEY_BYTES.get(len(data), b"")


def _is_signature(data: bytes) -> bool:
    """Whether the bytes have the form of a signature with its sighash byte (DER: X.690)."""
    return data[:1] == b"\x30" and len(data) in _SIGNATURE_BYTES and data[1] in {len(data) - 3, len(data) - 2}


def _pushes(script: bytes) -> list[bytes]:
    """What the script pushes; nothing where it does anything else or runs past its end."""
    found, at = [], 0
    while at < len(script):
        code, at = script[at], at + 1
        if code <= _DIRECT_PUSH:
            size = code
        elif code in {_PUSH_1, _PUSH_2}:
            wide = code - _PUSH_1 + 1
            size, at = int.from_bytes(script[at : at + wide], "little"), at + wide
        elif code <= _OP_16:
            found.append(bytes([code]))
            continue
        else:
            return []
        if at + size > len(script):
            return []
        found.append(script[at : at + size])
        at += size
    return found
