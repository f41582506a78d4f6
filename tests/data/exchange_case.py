"""Small cases in which some movements exchange one asset for another."""

import numpy as np

from bongsu.kernel.amount import to_integers, to_narrow, to_wide
from bongsu.kernel.case import CONVERTS


def exchanging(case, seed, share=0.3):
    """The case with a share of its movements turned into exchanges for small, like or large amounts."""
    rng, moves = np.random.default_rng(seed), case.moves
    credit, stopped = moves.credit.copy(), moves.stopped.copy()
    received = [0] * len(credit)
    for m, amount in enumerate(to_integers(moves.amount)):
        source, target = int(moves.source[m]), int(moves.target[m])
        plain = (
            amount and source != target and not case.ends[source] and not case.joint[[source, target]].any()
        )
        if plain and rng.random() < share:
            credit[m], stopped[m] = CONVERTS, 0
            received[m] = int(rng.choice([1 + amount // 1000, amount, 2 * amount, 1 + amount // 3]))
    got = to_wide(received)
    got = got if moves.amount.ndim == 2 else to_narrow(got)
    return case._replace(moves=moves._replace(credit=credit, stopped=stopped, received=got))
