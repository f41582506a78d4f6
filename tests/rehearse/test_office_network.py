"""Network logs have Zeek's and squid's fields; what goes by the clock goes by the clock."""

from datetime import timedelta
from itertools import pairwise

from bongsu.rehearse.office import make_office
from bongsu.rehearse.office_network import MONITORED, conn_day, dns_day, http_day, squid_day

OFFICE = make_office(20, 1)


def test_lines_are_in_order_and_have_their_fields():
    for make, fields in (
        (dns_day, {"query", "id.orig_h", "ts"}),
        (http_day, {"host", "uri", "user_agent", "id.orig_h"}),
        (conn_day, {"id.resp_h", "id.resp_p", "orig_bytes"}),
    ):
        rows = make(OFFICE, 0)
        assert len(rows) > 300
        assert [moment for moment, _row in rows] == sorted(moment for moment, _row in rows)
        assert all(fields <= set(row) for _moment, row in rows)


def test_monitoring_asks_each_minute_and_the_scanner_on_one_night():
    times = [moment for moment, row in http_day(OFFICE, 0) if row["host"] == MONITORED[1]]
    assert {later - one for one, later in pairwise(times)} == {timedelta(seconds=60)}
    scans = [
        sum(row["user_agent"] == "firm vulnerability scan" for _m, row in http_day(OFFICE, day))
        for day in (0, 2)
    ]
    assert scans[0] == 0 < scans[1]
    assert len(conn_day(OFFICE, 2)) > len(conn_day(OFFICE, 1)) + 500


def test_a_line_of_the_proxy_has_ten_parts():
    for _moment, line in squid_day(OFFICE, 0):
        parts = line.split()
        assert len(parts) == 10
        assert parts[5] == "CONNECT"
        assert parts[2].startswith("10.20.")
