"""Logs of an EVM chain: transfers of tokens, and events that turn one asset into another.

A token's transfer is the same movement that a table of token transfers states: the place in the block's
log makes the two one. A wrapper's mint and burn, which no such table has, are movements from and to its
contract, for what is unwrapped is not burned. What an event of a venue leaves out is found where the
whole transaction is known; a batch may end inside one.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.facts.converter import load_converters
from bongsu.model.asset import erc20_id
from bongsu.model.conversion import CONVERSION
from bongsu.model.converter import Converter
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.normalize.context import Context
from bongsu.normalize.event_abi import TOPIC, Mask, Numbers, hex_bytes, hex_column, numbers_of, read_logs
from bongsu.normalize.event_decoder import Decoded, Decoder, Origin, decode
from bongsu.normalize.event_wrap import DEPOSIT, SHARES, TRANSFER, WITHDRAWAL
from bongsu.normalize.hexadecimal import lower_hex
from bongsu.normalize.movement import Movements, Value, filled, own_rows
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.swap_event import DECODERS

SURE, STATED = 95, 80
"""Confidence in an event of a contract that is known, and of any other."""
_TRANSFER_WORDS = 4
"""Topic, sender, receiver and value of a transfer, whichever of them are topics."""
ZERO = "0x" + "0" * 40
"""Tokens are made from it and burned to it."""
Rows = npt.NDArray[np.int64]
"""Numbers of logs in their batch."""


@dataclass(slots=True)
class _Batch:
    """The logs of a batch, and what they have become so far."""

    chain: str
    screen: Screen
    moves: Movements
    place: dict[str, Value]
    """Columns that say where each log stands."""
    emitter: pa.Array
    topics: pa.Array
    data: pa.Array
    events: list[pa.Table] = field(default_factory=list)

    def at(self, rows: Rows) -> dict[str, Value]:
        """Where some logs stand."""
        picked = pa.array(rows)
        shared = {"chain": self.chain, "locator": self.screen.locators.take(picked)}
        return {name: column.take(picked) for name, column in self.place.items()} | shared

    def sound(self, rows: Rows, fits: Mask) -> Mask:
        """Which of some logs can be used; those whose amount no ledger holds are struck."""
        big = np.zeros(self.screen.count, dtype=np.bool_)
        big[rows[~fits]] = True
        why = _("the amount is larger than 10**38 - 1 base units")
        self.screen.strike(big, "amount_out_of_range", why)
        usable: Mask = ~self.screen.struck[rows]
        return usable

    def move(self, rows: Rows, value: Numbers, ends: dict[str, pa.Array]) -> None:
        """Nothing; adds movements of the tokens that log them."""
        good = self.sound(rows, value.fits) & ~value.zero
        picked = pa.array(np.flatnonzero(good))
        chosen = rows[good]
        asset = pc.binary_join_element_wise(erc20_id(self.chain, ""), self.emitter.take(pa.array(chosen)), "")
        columns = {name: column.take(picked) for name, column in {**ends, "amount": value.amounts()}.items()}
        self.moves.add({**self.at(chosen), **columns, "asset": asset, "kind": "token"}, len(chosen))
        self.moves.kept[chosen] = True


def normalize(batch: Batch, context: Context) -> Normalized:
    """Transfers of the logs that move tokens, and legs of conversions."""
    rows, aside = own_rows(batch.rows, "log")
    screen = Screen(rows)
    place = {
        "block": screen.integer("block_number", needed=True),
        "time": screen.time("block_timestamp"),
        "tx_index": screen.integer("transaction_index", largest=2**31 - 2).cast(pa.int32()),
        "position": screen.integer("log_index", needed=True),
        "tx_hash": screen.tx_hash("transaction_hash"),
    }
    emitter = screen.bulk_address("address")
    topics, data = (pc.ascii_lower(screen.text(name).fill_null("")) for name in ("topics", "data"))
    made = _Batch(context.chain, screen, Movements(screen), place, emitter, topics, data)
    first = pc.utf8_slice_codeunits(topics, 0, TOPIC)
    named = as_mask(pc.equal(first, TRANSFER.topic))
    _add_transfers(made, np.flatnonzero(named))
    _add_conversions(made, first)
    made.moves.leave("zero_value", named)
    made.moves.leave("other_event", ~named)
    return made.moves.result(aside, events=pa.concat_tables([CONVERSION.empty_table(), *made.events]))


def _add_transfers(made: _Batch, rows: Rows) -> None:
    """Nothing; moves tokens; their ends and value may be topics or data; of ERC-721 the value is the id."""
    picked = pa.array(rows)
    body = pc.utf8_slice_codeunits(made.data.take(picked), 2)
    tops = pc.replace_substring(made.topics.take(picked), ",0x", "")
    texts, right = lower_hex(pc.binary_join_element_wise(tops, body, ""), 64 * _TRANSFER_WORDS)
    kept = np.flatnonzero(right)
    words = hex_bytes(texts.take(pa.array(kept)), 32 * _TRANSFER_WORDS).reshape(-1, _TRANSFER_WORDS, 32)
    value = numbers_of(words[:, 3], signed=False)
    ends = {"source": hex_column(words[:, 1, 12:]), "target": hex_column(words[:, 2, 12:])}
    made.move(rows[kept], value, ends)
    odd = np.zeros(made.screen.count, dtype=np.bool_)
    odd[rows[~right]] = True
    made.moves.leave("other_layout", odd)


def _add_conversions(made: _Batch, first: pa.Array) -> None:
    """Nothing; adds legs of all logs whose event is known, and a wrapper's mints and burns."""
    codes = first.dictionary_encode()
    numbers = codes.indices.to_numpy(zero_copy_only=False)
    for code, topic in enumerate(codes.dictionary.to_pylist()):
        for decoder in DECODERS.get(topic, ()):
            _add_decoded(made, decoder, np.flatnonzero(numbers == code))
    for chain, contract in load_converters():
        if chain == made.chain:
            _add_shares(made, contract)


def _add_decoded(made: _Batch, decoder: Decoder, rows: Rows) -> None:
    """Nothing; adds what a decoder makes of some logs, one contract that must be known at a time."""
    if not decoder.role:
        listed = {contract for chain, contract in load_converters() if chain == made.chain}
        known = pc.is_in(made.emitter.take(pa.array(rows)), value_set=pa.array(sorted(listed), pa.string()))
        mask = as_mask(known)
        _add_legs(made, decoder, rows[~mask], None)
        rows = rows[mask]
    for (chain, contract), converter in load_converters().items():
        fits = chain == made.chain and decoder.role in ("", converter.role)
        if fits and decoder.known_as in ("", converter.protocol):
            own = as_mask(pc.equal(made.emitter.take(pa.array(rows)), contract))
            _add_legs(made, decoder, rows[own], converter)


def _add_legs(made: _Batch, decoder: Decoder, rows: Rows, known: Converter | None) -> None:
    if not len(rows):
        return
    picked = pa.array(rows)
    logs, right = read_logs(decoder.declaration, made.topics.take(picked), made.data.take(picked))
    rows = rows[right]
    if decoder.declaration.topic == DEPOSIT.topic and known is not None:
        contract, holder = made.emitter.take(pa.array(rows)), logs.address("dst")
        made.move(rows, logs.numbers("wad"), {"source": contract, "target": holder})
    if decoder.declaration.topic == WITHDRAWAL.topic and known is not None:
        contract, holder = made.emitter.take(pa.array(rows)), logs.address("src")
        made.move(rows, logs.numbers("wad"), {"source": holder, "target": contract})
    origin = Origin(made.chain, made.emitter.take(pa.array(rows)), known)
    legs = decode(decoder, logs, origin)
    fits = np.ones(len(rows), dtype=np.bool_)
    for leg in legs:
        fits &= leg.fits | ~leg.present
    made.sound(rows, fits)
    for number, leg in enumerate(legs):
        _add_events(made, (decoder, known, number), rows, leg)


def _add_events(made: _Batch, what: tuple[Decoder, Converter | None, int], rows: Rows, leg: Decoded) -> None:
    decoder, known, number = what
    present = np.flatnonzero(leg.present)
    good = present[made.sound(rows[present], leg.fits[present])]
    picked, chosen = pa.array(good), rows[good]
    columns = {
        name: value.take(picked) if isinstance(value, pa.Array) else value
        for name, value in leg.columns.items()
    }
    shared = {
        "leg": number,
        "kind": decoder.kind,
        "protocol": known.protocol if known else decoder.protocol,
        "emitter": made.emitter.take(pa.array(chosen)),
        "method": "decoded",
        "confidence": SURE if known else STATED,
    }
    made.events.append(filled({**made.at(chosen), **shared, **columns}, CONVERSION, len(chosen)))
    made.moves.kept[chosen] = True


def _add_shares(made: _Batch, contract: str) -> None:
    """Nothing; adds what mints and burns of a share mean whose contract logs nothing else."""
    known = load_converters()[made.chain, contract]
    own = pc.and_(pc.equal(made.emitter, contract), pc.starts_with(made.topics, TRANSFER.topic))
    rows = np.flatnonzero(as_mask(own))
    if not len(rows) or known.role != "share":
        return
    logs, right = read_logs(TRANSFER, made.topics.take(pa.array(rows)), made.data.take(pa.array(rows)))
    rows = rows[right]
    for number, (decoder, side) in enumerate(zip(SHARES, ("from", "to"), strict=True)):
        if decoder.known_as != known.protocol:
            continue
        (leg,) = decode(decoder, logs, Origin(made.chain, made.emitter.take(pa.array(rows)), known))
        made_or_burned = as_mask(pc.equal(logs.address(side), ZERO))
        one = Decoded(leg.columns, leg.present & made_or_burned, leg.fits)
        _add_events(made, (decoder, known, number), rows, one)
