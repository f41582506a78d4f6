"""What most notebooks do: a data frame row by row, amounts as floats."""

from typing import Any

import pandas as pd

from bench.scene import Scene
from bongsu.rehearse.moves import NULL


def frame_of(scene: Scene) -> Any:  # noqa: ANN401
    """Movements as a data frame; making it is not timed."""
    moves = scene.case.moves
    columns = {"source": moves.source, "target": moves.target, "amount": moves.amount.astype("float64")}
    frame = pd.DataFrame(columns)
    frame["stolen"] = False
    frame.loc[scene.loot, "stolen"] = True
    return frame


def float_haircut(frame: Any, pools: int) -> dict[int, float]:  # noqa: ANN401
    """What each pool holds of the loot, pro rata, in floats: it drifts and does not conserve exactly."""
    balance, taint = [0.0] * pools, [0.0] * pools
    for row in frame.itertuples(index=False):
        if row.source == row.target:
            continue
        part = 0.0
        if row.source != NULL:
            have = max(balance[row.source], row.amount)
            part = taint[row.source] * row.amount / have
            taint[row.source] -= part
            balance[row.source] = have - row.amount
        balance[row.target] += row.amount
        taint[row.target] += row.amount if row.stolen else part
    return {pool: value for pool, value in enumerate(taint) if value}
