"""Events that turn one asset into another: decoders by the first topic of a log."""

from collections import defaultdict

from bongsu.normalize.event_decoder import Decoder
from bongsu.normalize.event_liquidity import LIQUIDITY
from bongsu.normalize.event_order import ORDERS
from bongsu.normalize.event_pool import POOLS
from bongsu.normalize.event_wrap import WRAPS


def _by_topic() -> dict[str, tuple[Decoder, ...]]:
    found: defaultdict[str, list[Decoder]] = defaultdict(list)
    for decoder in (*POOLS, *ORDERS, *WRAPS, *LIQUIDITY):
        found[decoder.declaration.topic].append(decoder)
    return {topic: tuple(decoders) for topic, decoders in found.items()}


DECODERS = _by_topic()
"""First topic to its decoders; those of one topic differ in how many topics a log of them has."""
