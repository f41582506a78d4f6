"""Addresses that Bitcoin's standard output scripts pay to."""

import pyarrow as pa

from bongsu.model.address import base58check
from bongsu.model.bech32 import encode_segwit

_KEY_HASH, _SCRIPT_HASH = 0x00, 0x05
_OP_1, _OP_16 = 0x51, 0x60


def script_address(script: bytes) -> str | None:
    """Address of an output script, None where it has none.

    P2PKH, P2SH, and all witness programs (BIP 141, BIP 350) have one. A bare public key (P2PK), bare
    multisig, OP_RETURN and what is not standard have none: no address is written on the chain.
    """
    if len(script) == 25 and script[:3] == b"\x76\xa9\x14" and script[23:] == b"\x88\xac":
        return base58check(_KEY_HASH, script[3:23])
    if len(script) == 23 and script[:2] == b"\xa9\x14" and script[22] == 0x87:
        return base58check(_SCRIPT_HASH, script[2:22])
    if 4 <= len(script) <= 42 and script[1] == len(script) - 2:
        if script[0] == 0 and len(script) in {22, 34}:
            return encode_segwit("bc", 0, script[2:])
        if _OP_1 <= script[0] <= _OP_16:
            return encode_segwit("bc", script[0] - _OP_1 + 1, script[2:])
    return None


def script_addresses(scripts: pa.Array) -> pa.Array:
    """Address of each script of a binary column; each distinct script is looked at once."""
    encoded = scripts.dictionary_encode()
    known = [script_address(script) for script in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.string()).take(encoded.indices)
