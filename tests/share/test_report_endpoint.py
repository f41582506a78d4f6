"""Rows of the table of ends."""

from tests.data.trace_document import CONSERVING, ETH, POLICIES, USDT, small

from bongsu.share import report_endpoint
from bongsu.share.report import render_report
from bongsu.share.report_endpoint import endpoint_rows, filter_choices, left_out, sort_choices
from bongsu.share.report_money import money_of, total_of


def rows_of(document):
    return endpoint_rows(document, money_of(document))


def test_rows_hold_whole_addresses_and_every_policy():
    document = small(ends=30)
    for row, end in zip(rows_of(document), document["endpoints"], strict=True):
        assert row["shown"] == end["shown"]
        assert [name.lower() for name, cut, exact in row["amounts"]] == POLICIES
        assert len(row["path"]) == end["hops"]


def test_order_of_amounts_is_exact_and_descends():
    document = small(ends=4)
    first, second, third, fourth = document["endpoints"]
    for end, asset, amount in [
        (first, ETH, 10**18),
        (second, ETH, 10**18 + 1),
        (third, USDT, 2 * 10**6),
        (fourth, USDT, 10**6),
    ]:
        end["asset"], end["amount"]["fifo"] = asset, str(amount)
    orders = [row["order"]["fifo"] for row in rows_of(document)]
    assert orders == [2, 1, 0, 2]


def test_blank_names_and_countries_come_last():
    rows = rows_of(small(ends=30))
    named = [row["order"]["country"] for row in rows if row["country"]]
    blank = [row["order"]["country"] for row in rows if not row["country"]]
    assert max(named) < min(blank)


def test_every_choice_of_order_has_an_order():
    document = small()
    codes = {code for code, words in sort_choices(document)}
    assert codes == set(rows_of(document)[0]["order"])


def test_filters_hold_what_occurs():
    rows = rows_of(small(ends=30))
    choices = filter_choices(rows)
    assert {code for code, words in choices["stop"]} == {row["stop"] for row in rows}
    assert [code for code, words in choices["country"]] == ["CW", "DE", "KR"]
    assert choices["asset"] == [(ETH, "ETH"), (USDT, "USDT")]


def test_step_of_another_asset_is_shown_in_that_asset():
    document = small()
    end = next(end for end in document["endpoints"] if end["asset"] == USDT)
    end["path"][0] |= {"asset": ETH, "amount": "1500000000000000000"}
    (row,) = [row for row in rows_of(document) if row["rank"] == end["rank"]]
    assert row["path"][0]["amount"] == "1.50 ETH"
    assert row["path"][1]["amount"].endswith("USDT")


def test_amount_that_the_source_does_not_state_is_blank():
    document = small()
    document["endpoints"][0]["path"][0] |= {"amount": None, "tx_index": None, "position": None}
    step = rows_of(document)[0]["path"][0]
    assert (step["amount"], step["position"]) == ("", "")


def test_amounts_that_are_the_same_are_said_once():
    document = small()
    first, second = document["endpoints"][:2]
    first["amount"] = dict.fromkeys(POLICIES, "7")
    first["path"][0]["tainted"] = dict.fromkeys(POLICIES, "7000000000000000000")
    second["path"][0]["tainted"] = dict.fromkeys(POLICIES, "0") | {"fifo": "1", "lifo": "1"}
    one, other = rows_of(document)[:2]
    assert (one["same"], other["same"]) == (True, False)
    assert one["path"][0]["tainted"] == [("every policy", "7.00")]
    assert [names for names, amount in other["path"][0]["tainted"]] == [
        "Poison, Haircut, TIHO, PIFO, LIBR", "FIFO, LIFO",
    ]  # fmt: skip


def test_sources_of_labels_are_numbered_and_sanctions_are_told_by_status():
    document = small(ends=30)
    mixer = next(end for end in document["endpoints"] if end["stop"] == "mixer")
    rows = {row["rank"]: row for row in rows_of(document)}
    ((text, source, in_force),) = rows[mixer["rank"]]["sanctions"]
    assert in_force == (mixer["label"]["sanctions"][0]["status"] == "listed")
    assert text.endswith("EXA: Example Mixer")
    assert source != rows[mixer["rank"]]["source"]
    assert rows[mixer["rank"]]["name"] == rows[mixer["rank"]]["label"]["name"] == "Example Mixer"


def test_an_address_that_only_a_lifted_listing_names_is_held_by_nobody_known():
    document = small()
    label = next(end["label"] for end in small(ends=30)["endpoints"] if end["stop"] == "mixer")
    lifted = {"name": "EXA: X", "source": "s", "listed": None, "delisted": "2025-03-21", "status": "delisted"}
    document["endpoints"][0]["label"] = label | {"category": "sanctioned", "sanctions": [lifted]}
    row = rows_of(document)[0]
    assert (row["name"], row["label"]) == ("", None)
    assert row["sanctions"] == [("sanctions lifted 2025-03-21: EXA: X", "S2", False)]


def test_what_the_page_has_no_room_for_is_counted(monkeypatch):
    document = small(ends=30)
    money = money_of(document)
    nothing = left_out(document, rows_of(document), money)
    assert (nothing["ends"], nothing["any_path"], nothing["all"]) == ("", False, "30")
    monkeypatch.setattr(report_endpoint, "MOST_ENDS", 20)
    monkeypatch.setattr(report_endpoint, "MOST_STEPS", sum(e["hops"] for e in document["endpoints"][:12]))
    rows = rows_of(document)
    assert [row["path"] is None for row in rows] == [False] * 12 + [True] * 8
    said = left_out(document, rows, money)
    assert (said["ends"], said["paths"], said["any_path"]) == ("10", "18", True)
    assert said["amount"] == money.ranges(total_of(document["endpoints"][20:], CONSERVING))


def test_an_end_that_was_only_touched_says_so():
    document = small()
    document["endpoints"][0]["amount"] = dict.fromkeys(POLICIES, "0") | {"poison": "5"}
    assert [row["holds"] for row in rows_of(document)[:2]] == [False, True]


def test_an_unknown_order_gives_a_range_of_its_own_where_it_changes_something():
    document = small()
    first, second = document["endpoints"][:2]
    for end in (first, second):
        end["amount"] = dict.fromkeys(POLICIES, "5000000000000000000")
        end |= {"asset": ETH, "min": "5000000000000000000", "max": "5000000000000000000"}
        same = dict.fromkeys(("min", "max"), "5000000000000000000")
        end["bounds"] = {"kind": "outer", "per_policy": {policy: dict(same) for policy in POLICIES}}
    first["bounds"]["per_policy"]["lifo"]["min"] = "0"
    one, other = rows_of(document)[:2]
    assert (one["bounds_range"], one["certain"], one["holds"]) == ("0 – 5.0000 ETH", False, True)
    assert (other["bounds_range"], other["certain"]) == ("", True)


def test_a_step_that_exchanged_says_what_its_amount_became():
    document = small(ends=4)
    step = document["endpoints"][0]["path"][0]
    step |= {
        "asset": ETH,
        "amount": str(2 * 10**18),
        "swap": {
            "asset": USDT,
            "received": str(5_000 * 10**6),
            "tainted": dict.fromkeys(POLICIES, str(2_000 * 10**6)),
            "evidence": [{"sha256": "ab" * 32, "locator": "row 9"}],
        },
    }
    first, second = rows_of(document)[0]["path"][:2]
    assert first["amount"] == "2.00 ETH"
    assert first["swap"]["received"] == "5,000.00 USDT"
    assert first["swap"]["tainted"] == [("every policy", "2,000.00")]
    assert first["swap"]["evidence"] == [("ab" * 32, "row 9")]
    assert second["swap"] is None
    assert "5,000.00 USDT" in render_report(document)
