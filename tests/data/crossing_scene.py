"""A theft over two chains by hand: stolen, swapped on a DEX, sent over a bridge, paid to an exchange.

The same scene is docs/examples/crossing. Its events can be left out: then only transfers show what happened.
"""

import csv

from tests.data.abi_log import make_log, write_logs
from tests.data.bridge_log import ETH, RONIN, contract
from tests.data.event_log import WETH, address, log, moved

from bongsu.app.jobs.facts import import_labels
from bongsu.app.jobs.ledger_import import ImportRequest, import_files, seal_import

USDC, RONIN_USDC = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "0x0b7007c13325c48911f73a2dad5fa5dcbf808adc"
VICTIM, THIEF, MULE, PAIR = (address(name) for name in ("victim", "thief", "mule", "pair"))
HELPER, EXCHANGE, HONEST = (address(name) for name in ("helper", "exchange", "honest"))
STOLEN, OWN, BOUGHT, ARRIVED = 20 * 10**18, 5 * 10**18, 50_000 * 10**6, 49_990 * 10**6
START = 1_650_000_000
SWAP = (
    "Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out,"
    " uint256 amount1Out, address indexed to)"
)
GATE, FAR_GATE = contract("ronin-bridge", ETH), contract("ronin-bridge", RONIN)


def tx(number):
    """Hash of a transaction by its number."""
    return f"0x{number:064x}"


def place(number, at, position, block):
    """Where a log stands."""
    return {
        "transaction_hash": tx(number),
        "log_index": str(position),
        "block_number": str(block),
        "block_timestamp": str(START + at),
    }


def paid(token, source, target, amount, **where):
    """Row of a transfer of a token."""
    return moved(token, source, target, amount) | place(**where)


def receipt(there=RONIN_USDC):
    """What both sides of the bridge log."""
    return {
        "receipt.id": 77,
        "receipt.mainchain.addr": MULE,
        "receipt.mainchain.tokenAddr": USDC,
        "receipt.mainchain.chainId": 1,
        "receipt.ronin.addr": HELPER,
        "receipt.ronin.tokenAddr": there,
        "receipt.ronin.chainId": 2020,
        "receipt.info.quantity": BOUGHT,
    }


def declared(name):
    """Declaration of an event of the bridge."""
    from bongsu.facts.load import load_bridges

    found = [one.declaration for one in load_bridges()["ronin-bridge"].signatures]
    return next(one for one in found if one.startswith(name + "("))


def event(name, emitter, **where):
    """Row of an event of the bridge."""
    return make_log(declared(name), receipt(), emitter=emitter) | place(**where)


def here(*, swap=True, bridge=True):
    """Logs of Ethereum, with or without the events of the swap and of the bridge."""
    rows = [
        paid(WETH, VICTIM, THIEF, STOLEN, number=1, at=0, position=0, block=100),
        paid(WETH, THIEF, MULE, STOLEN, number=5, at=0, position=1, block=100) | {"transaction_index": "1"},
        paid(WETH, HONEST, MULE, OWN, number=2, at=12, position=0, block=101),
        paid(WETH, MULE, PAIR, STOLEN + OWN, number=3, at=24, position=0, block=102),
        paid(USDC, PAIR, MULE, BOUGHT, number=3, at=24, position=1, block=102),
    ]
    if swap:
        values = {"sender": MULE, "amount1In": STOLEN + OWN, "amount0Out": BOUGHT, "to": MULE}
        rows.append(log(SWAP, PAIR, values) | place(3, 24, 2, 102))
    rows.append(paid(USDC, MULE, GATE, BOUGHT, number=4, at=36, position=0, block=103))
    if bridge:
        rows.append(event("DepositRequested", GATE, number=4, at=36, position=1, block=103))
    return rows


def there(*, bridge=True):
    """Logs of Ronin."""
    rows = [
        paid(RONIN_USDC, HONEST, HELPER, 10 * 10**6, number=10, at=300, position=0, block=500),
        paid(RONIN_USDC, FAR_GATE, HELPER, BOUGHT, number=11, at=600, position=0, block=600),
    ]
    if bridge:
        rows.append(event("Deposited", FAR_GATE, number=11, at=600, position=1, block=600))
    rows.append(paid(RONIN_USDC, HELPER, EXCHANGE, ARRIVED, number=12, at=900, position=0, block=700))
    return rows


LABELS = [{"address": EXCHANGE, "label": "Example Exchange", "category": "exchange", "chain": RONIN}]


def write_labels(path):
    """The path; labels stand there."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(LABELS[0]))
        writer.writeheader()
        writer.writerows(LABELS)
    return path


def write_sides(path, *, ids):
    """The path; a table of the bridge's events stands there, with or without what both sides carry."""
    shared = {"bridge": "ronin-bridge", "amount": BOUGHT, "decimals": 6, "id": 77 if ids else ""}
    rows = [
        {"direction": "deposit", "chain": ETH, "tx": tx(4), "time": START + 36, "asset": USDC}
        | {"beneficiary": HELPER, "other_chain": RONIN, "other_asset": RONIN_USDC},
        {"direction": "withdrawal", "chain": RONIN, "tx": tx(11), "time": START + 600, "asset": RONIN_USDC}
        | {"beneficiary": HELPER, "other_chain": ETH, "other_asset": USDC},
    ]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], *shared])
        writer.writeheader()
        writer.writerows(row | shared for row in rows)
    return path


def write_transactions(path):
    """The path; who sent the swap and what it paid for it stands there."""
    row = {
        "hash": tx(3), "nonce": 0, "transaction_index": 0, "block_number": 102, "block_timestamp": START + 24,
        "from_address": MULE, "to_address": PAIR, "value": 0, "gas": 100_000, "gas_price": 10**9,
        "receipt_gas_used": 90_000, "receipt_effective_gas_price": 10**9, "receipt_status": 1, "input": "0x",
    }  # fmt: skip
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    return path


def proven_ledger(folder):
    """Ledger in which events say all of it."""
    logs = [write_logs(folder / "ethereum-logs.csv", here()), write_logs(folder / "ronin-logs.csv", there())]
    return _made(folder, [(logs[0], ETH), (logs[1], RONIN)])


def guessed_ledger(folder):
    """Ledger in which transfers alone show the swap, and no id links the bridge."""
    files = [
        (write_transactions(folder / "transactions.csv"), ETH),
        (write_logs(folder / "ethereum-logs.csv", here(swap=False, bridge=False)), ETH),
        (write_logs(folder / "ronin-logs.csv", there(bridge=False)), RONIN),
        (write_sides(folder / "bridge.csv", ids=False), ETH),
    ]
    return _made(folder, files)


def _made(folder, files):
    ledger = folder / "case"
    for path, chain in files:
        name = {"transactions.csv": "ethereum-etl/transactions", "bridge.csv": "bridge-events"}
        said = ImportRequest(format=name.get(path.name, "ethereum-etl/logs"), chain=chain)
        assert [one.record.rejects for one in import_files([path], ledger, said)] == [{}]
    seal_import(ledger)
    list(import_labels([write_labels(folder / "labels.csv")], ledger))
    return ledger
