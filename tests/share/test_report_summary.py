"""The first page in plain words."""

import pytest
from tests.data.trace_document import CONSERVING, ETH, POLICIES, small

from bongsu.share.report_action import actors
from bongsu.share.report_money import money_of
from bongsu.share.report_summary import shown_time, stolen, summary, sureness, where


def summary_of(document):
    return summary(document, money_of(document), actors(document))


def test_stolen_is_a_range_over_conserving_policies():
    document = small()
    assert stolen(document) == {ETH: (401346768858404671280000, 401346768858404671280000)}
    document["stolen"]["lifo"][ETH] = "1"
    document["stolen"]["poison"][ETH] = "9" * 30
    assert stolen(document)[ETH] == (1, 401346768858404671280000)


def test_figures_by_hand():
    document = small()
    shown = summary_of(document)
    able = [end for end in document["endpoints"] if end["actions"]]
    assert shown["stolen"] == ["401,346.7688 ETH"]
    assert shown["stoppable_ends"] == len(able)
    assert shown["actors"] == len({end["actions"][0]["by"] for end in able})
    assert shown["as_of"] == ["Ethereum, block 19400000, 2024-03-31 23:59:59 UTC"]


def test_where_leaves_out_what_is_zero_under_every_policy():
    document = small()
    named = [name for name, lines in where(document, money_of(document))]
    assert "Burned" not in named
    for policy in POLICIES:
        document["conservation"][policy]["burned"][ETH] = "1" if policy == "tiho" else "0"
    (lines,) = [lines for name, lines in where(document, money_of(document)) if name == "Burned"]
    assert lines == ["0 – <0.0001 ETH"]


def test_not_followed_is_summed_over_its_codes():
    document = small()
    for policy in CONSERVING:
        document["conservation"][policy]["not_followed"] = {
            "hops": {ETH: "1" + "0" * 18},
            "window_end": {ETH: "2" + "0" * 18},
        }
    (lines,) = [lines for name, lines in where(document, money_of(document)) if name == "Not followed"]
    assert lines == ["3.0000 ETH"]


def test_more_than_five_parties_are_counted():
    document = small(ends=40)
    for i, end in enumerate(end for end in document["endpoints"] if end["actions"]):
        end["actions"][0] |= {"by": f"Party {i}", "entity": f"party-{i}"}
    shown = summary_of(document)
    assert len(shown["able"]) == 5
    assert shown["able_more"] == shown["actors"] - 5 > 0


def test_nothing_to_stop():
    document = small()
    for end in document["endpoints"]:
        end["actions"] = []
    shown = summary_of(document)
    assert (shown["stoppable"], shown["stoppable_ends"], shown["able"]) == ([], 0, [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda d: d["coverage"].update(order_known=False, unordered_groups=1234),
            "not known in 1,234 groups",
        ),
        (
            lambda d: d["coverage"].update(overdrafts=0, gaps={"needs_inputs": 2}),
            "Known gaps: 2 transactions whose inputs",
        ),
        (lambda d: d["ledger"].update(valuation=True), "values that a publisher stated"),
        (lambda d: d["conservation"]["lifo"].update(balanced=False), "do not act on this report"),
        (
            lambda d: d["endpoints"][0].update(weakest_link={"step": 1, "why": "x", "confidence": 1}),
            "weaker than the rest",
        ),
    ],
)
def test_doubt_is_said(change, said):
    document = small(ends=8)
    before = " ".join(sureness(document, []))
    change(document)
    assert said in " ".join(sureness(document, []))
    assert said not in before


def test_times():
    assert shown_time("2024-03-01T06:30:00Z") == "2024-03-01 06:30:00 UTC"
    assert shown_time("2024-03-01T06:30:00+00:00") == "2024-03-01 06:30:00 UTC"
    assert shown_time("2024-03-01") == "2024-03-01"
    assert shown_time(None) == ""
