"""Normalizers by the name of the source format."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.context import Context

Normalizer = Callable[[Batch, Context], Normalized]
"""Makes model tables of one raw batch."""

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
}
"""Format name to `module:function`."""


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
    module, _colon, attribute = NORMALIZERS[name].partition(":")
    return cast(Normalizer, getattr(import_module(module), attribute))
