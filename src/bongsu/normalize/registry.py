"""Normalizers by the name of the source format."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import FormatError
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.context import Context

if TYPE_CHECKING:
    from bongsu.normalize.bridge_event import BridgeEvents

Normalizer = Callable[[Batch, Context], Normalized]
"""Makes model tables of one raw batch."""
Crosser = Callable[[Batch, Context], "BridgeEvents"]
"""Makes sides of transfers over bridges of one raw batch."""

NORMALIZERS = {
    "ethereum-etl/transactions": "bongsu.normalize.evm_transaction:normalize",
    "ethereum-etl/token_transfers": "bongsu.normalize.evm_token:normalize",
    "ethereum-etl/logs": "bongsu.normalize.evm_log:normalize",
    "ethereum-etl/traces": "bongsu.normalize.evm_trace:normalize",
    "ethereum-etl/blocks": "bongsu.normalize.evm_block:normalize",
    "bigquery/transactions": "bongsu.normalize.evm_transaction:normalize",
    "bigquery/token_transfers": "bongsu.normalize.evm_token:normalize",
    "bigquery/logs": "bongsu.normalize.evm_log:normalize",
    "bigquery/traces": "bongsu.normalize.evm_trace:normalize",
    "bigquery/blocks": "bongsu.normalize.evm_block:normalize",
    "graphsense/transactions": "bongsu.normalize.evm_transaction:normalize",
    "graphsense/traces": "bongsu.normalize.evm_trace:normalize",
    "graphsense/logs": "bongsu.normalize.evm_log:normalize",
    "etherscan/transactions": "bongsu.normalize.etherscan:normalize_transactions",
    "etherscan/internal": "bongsu.normalize.etherscan:normalize_internal",
    "etherscan/tokens": "bongsu.normalize.etherscan:normalize_tokens",
    "etherscan/page": "bongsu.normalize.etherscan:normalize_page",
    "dune": "bongsu.normalize.dune:normalize",
    "blockchair/ethereum-transactions": "bongsu.normalize.blockchair_evm:normalize",
    "blockchair/bitcoin-transactions": "bongsu.normalize.blockchair_utxo:normalize_transactions",
    "blockchair/bitcoin-outputs": "bongsu.normalize.blockchair_utxo:normalize_outputs",
    "blockchair/bitcoin-inputs": "bongsu.normalize.blockchair_utxo:normalize_inputs",
    "bitcoin-etl": "bongsu.normalize.bitcoin_etl:normalize",
    "bitcoin-blocks": "bongsu.normalize.bitcoin_block:normalize",
    "bitcoin-rpc": "bongsu.normalize.bitcoin_rpc:normalize",
    "flows": "bongsu.normalize.flow:normalize",
    "bridge-events": "bongsu.normalize.bridge_table:normalize",
}
"""Format name to `module:function`."""
CROSSINGS = {
    "ethereum-etl/logs": "bongsu.normalize.bridge_event:normalize",
    "bigquery/logs": "bongsu.normalize.bridge_event:normalize",
    "graphsense/logs": "bongsu.normalize.bridge_event:normalize",
    "bitcoin-etl": "bongsu.normalize.bridge_memo:normalize_etl",
    "bitcoin-blocks": "bongsu.normalize.bridge_memo:normalize_blocks",
}
"""Formats whose rows also say what crosses bridges, to what reads it."""


def load_normalizer(name: str) -> Normalizer:
    """Normalizer of the format.

    Raises:
        FormatError: When no normalizer has the name.
    """
    if name not in NORMALIZERS:
        raise FormatError(
            _("Cannot normalize format {name}: it is not known.").format(name=name),
            hint=_("Known formats: {names}.").format(names=", ".join(NORMALIZERS)),
        )
    made = cast(Normalizer, _target(NORMALIZERS[name]))
    beside = CROSSINGS.get(name)
    return joined(made, cast(Crosser, _target(beside))) if beside else made


def joined(normalize: Normalizer, crossing: Crosser) -> Normalizer:
    """Normalizer that also makes what the same rows say of bridges.

    A log that lacks what its event of a bridge declares is a reject and not set aside.
    """

    def both(batch: Batch, context: Context) -> Normalized:
        made, found = normalize(batch, context), crossing(batch, context)
        known = made.rejects["locator"].combine_chunks()
        more = found.rejects.filter(pc.invert(pc.is_in(found.rejects["locator"], value_set=known)))
        aside = dict(made.set_aside)
        aside["other_event"] = aside.get("other_event", 0) - len(more)
        return replace(
            made,
            crossings=found.events,
            rejects=pa.concat_tables([made.rejects, more]),
            set_aside={why: count for why, count in aside.items() if count},
        )

    return both


def _target(name: str) -> Callable[..., "Normalized | BridgeEvents"]:
    module, _colon, attribute = name.partition(":")
    return cast(Callable[..., "Normalized | BridgeEvents"], getattr(import_module(module), attribute))
