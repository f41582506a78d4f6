"""Arrivals per day."""

from datetime import date, timedelta

from tests.data.trace_document import ETH, POLICIES, large

from bongsu.share.report_timeline import LONGEST_DAILY, timeline_of


def end(stop="service", first=None, arrivals=None, asset="a", fifo="0"):
    made = {"asset": asset, "stop": stop, "first_arrival": first, "amount": {"fifo": fifo}}
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
    assert line.undated == 1


def test_ends_that_were_not_followed_are_one_kind():
    ends = [
        end(stop=stop, arrivals=[arrival("2024-03-01", "1")]) for stop in ("hops", "stop_at", "ledger_end")
    ]
    assert timeline_of({"endpoints": ends}, "a").amounts == {"not_followed": {"2024-03-01": {"fifo": 3}}}


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
