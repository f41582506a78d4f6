"""Arrivals per day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.data.trace_document import ETH, POLICIES, large

from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.share.report_timeline import LONGEST_DAILY, timeline_of


def end(stop="service", first=None, arrivals=None, asset="a", fifo=None):
    """An end that still has all that arrived, if `fifo` does not say how much is left."""
    came = sum(int(one["amount"]["fifo"]) for one in arrivals or [])
    amount = {"fifo": str(came) if fifo is None else fifo}
    made = {"asset": asset, "stop": stop, "first_arrival": first, "amount": amount}
    return made | ({} if arrivals is None else {"arrivals": arrivals})


def arrival(day, fifo):
    return {"date": day, "amount": {"fifo": fifo}}


def test_arrivals_are_summed_per_day_and_kind():
    ends = [
        end(arrivals=[arrival("2024-03-01", "5"), arrival("2024-03-02", "7")]),
        end(arrivals=[arrival("2024-03-01", "1")]),
        end(stop="mixer", arrivals=[arrival("2024-03-02", "2")]),
        end(asset="b", arrivals=[arrival("2024-03-09", "100")]),
    ]
    line = timeline_of({"endpoints": ends}, "a")
    assert line.dates == ["2024-03-01", "2024-03-02"]
    assert line.amounts == {
        "service": {"2024-03-01": {"fifo": 6}, "2024-03-02": {"fifo": 7}},
        "mixer": {"2024-03-02": {"fifo": 2}},
    }
    assert not line.by_first_arrival
    assert not line.monthly


def test_end_without_arrivals_counts_on_its_first_and_says_so():
    line = timeline_of({"endpoints": [end(first="2024-03-01T23:59:59Z", fifo="5"), end(fifo="7")]}, "a")
    assert line.amounts == {"service": {"2024-03-01": {"fifo": 5}}}
    assert line.by_first_arrival
    assert line.undated == {"fifo": 7}


def test_ends_that_were_not_followed_are_one_kind():
    ends = [
        end(stop=stop, arrivals=[arrival("2024-03-01", "1")]) for stop in ("hops", "stop_at", "ledger_end")
    ]
    assert timeline_of({"endpoints": ends}, "a").amounts == {"not_followed": {"2024-03-01": {"fifo": 3}}}


def test_what_was_paid_on_is_the_oldest_that_came():
    """5, 7 and 4 came, in no order; 6 of the 16 are left: the last 4 and 2 of the 7 before."""
    came = [arrival("2024-03-02", "7"), arrival("2024-03-09", "4"), arrival("2024-03-01", "5")]
    line = timeline_of({"endpoints": [end(arrivals=came, fifo="6")]}, "a")
    assert line.amounts == {"service": {"2024-03-02": {"fifo": 2}, "2024-03-09": {"fifo": 4}}}
    assert line.dates == ["2024-03-02", "2024-03-09"]
    assert line.undated == {}


def test_policies_are_counted_back_each_by_itself():
    came = [{"date": f"2024-03-0{day}", "amount": {"fifo": "5", "lifo": "3"}} for day in (1, 2)]
    one = end(arrivals=[]) | {"arrivals": came, "amount": {"fifo": "2", "lifo": "6"}}
    days = timeline_of({"endpoints": [one]}, "a").amounts["service"]
    assert days == {"2024-03-01": {"fifo": 0, "lifo": 3}, "2024-03-02": {"fifo": 2, "lifo": 3}}


def test_arrival_without_a_day_is_taken_as_the_oldest():
    came = [arrival(None, "9"), arrival("2024-03-01", "4")]
    line = timeline_of({"endpoints": [end(arrivals=came, fifo="6")]}, "a")
    assert (line.amounts["service"], line.undated) == ({"2024-03-01": {"fifo": 4}}, {"fifo": 2})


CAME = st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 9)), st.integers(0, 50)), max_size=8)


@given(st.lists(st.tuples(CAME, st.integers(0, 300)), max_size=6))
def test_bars_and_undated_sum_to_what_the_ends_hold(cases):
    ends = [
        end(fifo=str(left), arrivals=[arrival(day and f"2024-03-0{day}", str(units)) for day, units in came])
        for came, left in cases
    ]
    line = timeline_of({"endpoints": ends}, "a")
    days = line.amounts.get("service", {})
    shown = sum(day["fifo"] for day in days.values()) + line.undated.get("fifo", 0)
    assert shown == sum(left for _came, left in cases)
    for date_, row in days.items():
        arrived = sum(units for came, _left in cases for day, units in came if date_ == f"2024-03-0{day}")
        assert 0 < row["fifo"] <= arrived


def test_bars_of_the_sample_sum_to_what_was_stolen():
    document = run_trace(lead_of(["atomic-wallet-2023"], [], []), TraceOptions())
    (asset,) = (one["id"] for one in document["assets"])
    line = timeline_of(document, asset)
    came = sum(int(one["amount"]["fifo"]) for end in document["endpoints"] for one in end["arrivals"])
    for policy in POLICIES[1:]:
        shown = sum(row[policy] for dates in line.amounts.values() for row in dates.values())
        assert shown == int(document["stolen"][policy][asset]), policy
    assert came > int(document["stolen"]["fifo"][asset]), "else nothing was counted back"


def test_long_time_is_shown_by_month():
    days = [date(2024, 1, 31) + timedelta(days=i) for i in range(LONGEST_DAILY + 1)]
    line = timeline_of({"endpoints": [end(arrivals=[arrival(day.isoformat(), "1") for day in days])]}, "a")
    assert line.monthly
    assert line.dates[:3] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert sum(row["fifo"] for row in line.amounts["service"].values()) == len(days)
    assert line.amounts["service"]["2024-02-01"] == {"fifo": 29}


def test_nothing_is_lost_in_a_large_case():
    document = large()
    line = timeline_of(document, ETH)
    for policy in POLICIES:
        shown = sum(row[policy] for dates in line.amounts.values() for row in dates.values())
        assert shown == sum(int(e["amount"][policy]) for e in document["endpoints"] if e["asset"] == ETH)
