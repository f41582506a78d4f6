"""The page that says how often look-alikes are found is what the measurement writes."""

from bench.look_alike import PAGE, kimsuky_hosts, listed_labels, quick_groups, row_of

from bongsu.analyze.look_alike import LookAlikes, shipped_institutions, shipped_right


def test_the_page_says_what_is_measured(real_data):
    labels, finder = listed_labels(), LookAlikes(shipped_institutions(), shipped_right())
    holding = [host for host in kimsuky_hosts() if any(label in host for label in labels)]
    groups = quick_groups(finder, holding)
    text = PAGE.read_text()
    assert [one.name for one in groups if row_of(one) not in text] == []
    shares = {one.name: one.found / one.hosts for one in groups}
    assert shares["name within, half held out"] > 0.9
    assert shares["decoy: names that a training network resolved"] == 0
    assert shares["decoy: positives with letters dealt anew"] < 0.01
