"""An imported ledger with a small theft that the facts know, to check addresses in."""

import functools

from bongsu.app.jobs.ledger_import import ImportRequest, import_files, seal_import

INCIDENT = "atomic-wallet-2023"
THIEF = "0x6dd68bb7177edfb4f2f88fe62d80a6545378ef40"
"""A first receiver of the incident, from the facts."""
VICTIM, FIRST, CLEAN, OTHER = (f"0x{digit * 40}" for digit in "1234")
SECOND = "0x5aaaaa" + "7" * 30 + "beef"
LOOKALIKE = "0x5aaaaa" + "8" * 30 + "beef"
"""Same first six and last four characters as SECOND; the ledger has it too, unexposed."""
STRANGER = "0x" + "9" * 40
"""Not in the ledger."""
USD = "eip155:1/iso4217:USD"
HASHES = [f"0x{n:064x}" for n in range(6)]
ROWS = [
    (VICTIM, THIEF, "1.00"),
    (CLEAN, FIRST, "0.50"),
    (THIEF, FIRST, "1.00"),
    (FIRST, SECOND, "0.60"),
    (CLEAN, OTHER, "0.07"),
    (OTHER, LOOKALIKE, "0.05"),
]
COLUMNS = {name: name for name in ("tx", "block", "time", "from", "to", "value")}
AT_SECOND = {
    "poison": "60",
    "haircut": "40",
    "fifo": "10",
    "lifo": "60",
    "tiho": "60",
    "pifo": "60",
    "libr": "10",
}
"""FIRST has 50 of its own, then 100 stolen, and pays 60: by hand, from the policies' definitions."""


def write_rows(path, rows=None):
    """Path of a table of flows, one a block, on the day of the theft."""
    rows = ROWS if rows is None else rows
    lines = [
        f"{HASHES[n]},{17395810 + n},2023-06-03 00:0{n}:00,{source},{target},{value}"
        for n, (source, target, value) in enumerate(rows)
    ]
    path.write_text("\n".join(["tx,block,time,from,to,value", *lines]) + "\n")
    return path


def import_flows(folder, path, *, columns=None):
    """Folder of a sealed ledger of the table."""
    request = ImportRequest(format="flows", columns=columns or COLUMNS, unit="USD")
    for _outcome in import_files([path], folder, request):
        pass
    seal_import(folder)
    return folder


@functools.cache
def atomic_columns():
    """Columns of the published flow records."""
    names = {"tx": "Tx_hash", "block": "Block", "time": "Timestamp", "from": "From", "to": "To"}
    return names | {"value": "Value_in_USD"}


def small_ledger(folder):
    """Folder of the small ledger."""
    return import_flows(folder / "ledger", write_rows(folder / "flows.csv"))
