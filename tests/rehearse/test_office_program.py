"""Shapes of processes fill in, and none looks like what a rule of ours looks for."""

from bongsu.rehearse.office import TRADES
from bongsu.rehearse.office_program import EVERYBODY, OF_TRADE, SYSTEM

FILLED = {"home": "C:\\Users\\a", "word": "w", "hex": "f", "n": 1, "user": "a"}


def test_every_shape_fills_in():
    shapes = [*EVERYBODY, *SYSTEM, *(shape for shapes in OF_TRADE.values() for shape in shapes)]
    assert len(shapes) > 40
    for image, command, parent in shapes:
        assert image.format(**FILLED).endswith((".exe", ".EXE"))
        assert parent.format(**FILLED).lower().endswith(".exe")
        assert "{" not in command.format(**FILLED)
    assert set(OF_TRADE) <= {name for name, _share in TRADES}
