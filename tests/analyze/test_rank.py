from dataclasses import fields
from fractions import Fraction

from tests.data.ledger_rows import at

from bongsu.analyze.action import Action
from bongsu.analyze.endpoint import Endpoint
from bongsu.analyze.rank import rank_ends


def action(kind):
    plain = dict.fromkeys((field.name for field in fields(Action)), "")
    return Action(**plain | {"kind": kind})


def end(address, *, asset="x", stop="unspent", least=0, most=0, day=0, acts=()):
    plain = dict.fromkeys(field.name for field in fields(Endpoint))
    given = {
        "address": address, "asset": asset, "stop": stop, "least": least, "most": most,
        "last_arrival": at(day) if day else None, "actions": tuple(action(kind) for kind in acts),
    }  # fmt: skip
    return Endpoint(**plain | given)


def order(*ends, worth=None, assets=None):
    forward = [one.address for one in rank_ends(list(ends), worth=worth, assets=assets or {})]
    assert forward == [one.address for one in rank_ends(list(ends[::-1]), worth=worth, assets=assets or {})]
    return forward


def test_what_can_be_held_comes_first_and_what_is_gone_last():
    ends = [
        end("fee", stop="fee", most=900),
        end("burn", stop="burn", most=800),
        end("mixer", stop="mixer", most=700, acts=["issuer_freeze"]),
        end("watched", most=600, acts=["monitor"]),
        end("refused", stop="bridge", most=500, acts=["delist"]),
        end("held", stop="service", most=1, acts=["account_hold"]),
        end("frozen", most=3, acts=["monitor", "issuer_freeze"]),
        end("reversed", most=2, acts=["reversal"]),
    ]
    assert order(*ends) == ["frozen", "reversed", "held", "watched", "refused", "mixer", "burn", "fee"]


def test_what_is_there_under_every_policy_counts_before_what_may_be():
    assert order(end("sure", least=5, most=5), end("maybe", least=0, most=99)) == ["sure", "maybe"]
    assert order(end("a", least=5, most=6), end("b", least=5, most=7)) == ["b", "a"]
    assert order(end("old", day=1), end("new", day=2), end("never")) == ["new", "old", "never"]
    assert order(end("b"), end("a")) == ["a", "b"]


def test_without_prices_assets_are_not_mixed():
    ends = [
        end("few", asset="x", least=1),
        end("many", asset="y", least=10**18),
        end("more", asset="x", least=2),
    ]
    assert order(*ends, assets={"x": 0, "y": 1}) == ["more", "few", "many"]
    assert order(*ends, assets={"x": 1, "y": 0}) == ["many", "more", "few"]
    assert order(*ends, assets={"y": 0}) == ["many", "more", "few"]


def test_prices_rank_across_assets_and_what_has_none_comes_after():
    rate = {"x": Fraction(100), "y": Fraction(1, 3)}

    def worth(asset, amount):
        return rate[asset] * amount if asset in rate else None

    ends = [
        end("y299", asset="y", least=299),
        end("x1", asset="x", least=1),
        end("y301", asset="y", least=301),
        end("z", asset="z", least=10**9),
        end("held", asset="z", least=1, acts=["account_hold"]),
    ]
    assert order(*ends, worth=worth, assets={"z": 0}) == ["held", "y301", "x1", "y299", "z"]
