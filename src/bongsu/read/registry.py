"""Source formats by name: where each reader is, and which one reads a file."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.ports import Reader
from bongsu.model.text import _
from bongsu.read.sniff import Shape, mend_hint, read_head, say_seen, shape_of

READERS = {
    "ethereum-etl/transactions": "bongsu.read.ethereum_etl:TRANSACTIONS",
    "ethereum-etl/token_transfers": "bongsu.read.ethereum_etl:TOKEN_TRANSFERS",
    "ethereum-etl/logs": "bongsu.read.ethereum_etl:LOGS",
    "ethereum-etl/traces": "bongsu.read.ethereum_etl:TRACES",
    "ethereum-etl/blocks": "bongsu.read.ethereum_etl:BLOCKS",
    "bigquery/transactions": "bongsu.read.bigquery:TRANSACTIONS",
    "bigquery/token_transfers": "bongsu.read.bigquery:TOKEN_TRANSFERS",
    "bigquery/logs": "bongsu.read.bigquery:LOGS",
    "bigquery/traces": "bongsu.read.bigquery:TRACES",
    "bigquery/blocks": "bongsu.read.bigquery:BLOCKS",
    "graphsense/transactions": "bongsu.read.graphsense:TRANSACTIONS",
    "graphsense/traces": "bongsu.read.graphsense:TRACES",
    "graphsense/logs": "bongsu.read.graphsense:LOGS",
    "etherscan/transactions": "bongsu.read.etherscan_csv:TRANSACTIONS",
    "etherscan/internal": "bongsu.read.etherscan_csv:INTERNAL",
    "etherscan/tokens": "bongsu.read.etherscan_csv:TOKENS",
    "etherscan/page": "bongsu.read.etherscan_csv:PAGE",
    "dune": "bongsu.read.dune:TRANSFERS",
    "blockchair/ethereum-transactions": "bongsu.read.blockchair:ETHEREUM_TRANSACTIONS",
    "blockchair/bitcoin-transactions": "bongsu.read.blockchair:BITCOIN_TRANSACTIONS",
    "blockchair/bitcoin-outputs": "bongsu.read.blockchair:BITCOIN_OUTPUTS",
    "blockchair/bitcoin-inputs": "bongsu.read.blockchair:BITCOIN_INPUTS",
    "bitcoin-etl": "bongsu.read.bitcoin_etl:TRANSACTIONS",
    "bitcoin-blocks": "bongsu.read.bitcoin_block",
    "bitcoin-rpc": "bongsu.read.bitcoin_rpc",
    "flows": "bongsu.read.flows",
    "bridge-events": "bongsu.read.bridge_csv:EVENTS",
}
"""Format name to `module` or `module:attribute`; the target has RAW, sniff and read."""
MAPPED = frozenset({"bridge-events"})
"""Formats whose module has `mapped`: a reader of columns that a person names."""


def load_reader(name: str, columns: Mapping[str, str] | None = None) -> Reader:
    """Reader of the format.

    Args:
        name: The format.
        columns: Which columns a person says hold what, where the format has names of its own for them.

    Raises:
        FormatError: When no format has the name.
    """
    if name not in READERS:
        raise FormatError(
            _("Cannot read format {name}: it is not known.").format(name=name),
            hint=_("Known formats: {names}.").format(names=", ".join(READERS)),
        )
    module, _colon, attribute = READERS[name].partition(":")
    target = import_module(module)
    if columns and name in MAPPED:
        return cast(Reader, target.mapped(columns))
    return cast(Reader, getattr(target, attribute) if attribute else target)


def sniff_format(path: Path) -> str:
    """Name of the one format that the file's content fits.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When no format fits, or more than one; the hint says what was seen.
    """
    head = read_head(path)
    shape = shape_of(path, head)
    fitting = [name for name in READERS if load_reader(name).sniff(path, head)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise FormatError(
            _("Cannot tell the format of {path}: {names} fit.").format(path=path, names=", ".join(fitting)),
            hint=_("Say which one with --format."),
        )
    raise FormatError(
        _("Cannot tell the format of {path}: no known format has {seen}.").format(
            path=path, seen=say_seen(path, shape, head)
        ),
        hint=_hint(path, shape, head),
    )


def _hint(path: Path, shape: Shape, head: bytes) -> str:
    said = mend_hint(path, shape, head)
    if said:
        return said
    near = _nearest(shape)
    if near:
        return _(
            "Nearest: {names}. Say which one with --format, or import any table with"
            " --format flows --map from=COLUMN,to=COLUMN,value=COLUMN --unit UNIT."
        ).format(names=", ".join(near))
    return _("Known formats: {names}.").format(names=", ".join(READERS))


def _nearest(shape: Shape) -> list[str]:
    """Up to three formats that share most column names with the file."""
    shared = {name: len(set(load_reader(name).RAW.names) & set(shape.names)) for name in READERS}
    ranked = sorted((name for name in shared if shared[name] > 1), key=lambda name: -shared[name])
    return ranked[:3] or (["flows"] if len(shape.names) > 2 else [])
