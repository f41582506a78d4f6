"""Wallets: addresses of chains in canonical form; one key controls an EVM address on every EVM chain."""

from bongsu.errors import AddressError
from bongsu.model.address import canonical_address
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

CHAINS = {
    "eth": "eip155:1",
    "evm": "eip155:1",
    "btc": "bip122:000000000019d6689c085ae165831e93",
    "ltc": "bip122:12a765e31ffd4059bada1e25190f6e98",
    "tron": "tron:0x2b6653dc",
    "trx": "tron:0x2b6653dc",
    "sol": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
}
"""Short name of a chain to its CAIP-2 id."""
EVERY_EVM = "eip155:*"
_NOBODY = frozenset({"0x" + "0" * 40, "0x" + "0" * 36 + "dead"})


def canonical_wallet(text: str, chain: str) -> Canonical | Fault:
    """Address in canonical form, checksum proven where the text carries one; a burn address is nobody's.

    Args:
        text: An address as written.
        chain: CAIP-2 id or short name of its chain.
    """
    chain = CHAINS.get(chain.strip().lower(), chain.strip())
    try:
        value = canonical_address(chain, text)
    except AddressError as error:
        return Fault(error.rule, str(error))
    if value in _NOBODY:
        return Fault("burn_address", _("nobody has this address"))
    return Canonical("wallet", value, namespace=EVERY_EVM if chain.startswith("eip155:") else chain)
