"""Data of the pictures and the tables beside them."""

from tests.data.trace_document import POLICIES, large, small

from bongsu.share.report_money import money_of
from bongsu.share.report_picture import MOST_ASSETS, pictures


def pictures_of(document):
    return pictures(document, money_of(document))


def no_float(value):
    if isinstance(value, dict):
        return all(no_float(item) for item in value.values())
    if isinstance(value, list | tuple):
        return all(no_float(item) for item in value)
    return not isinstance(value, float)


def test_no_float_ever_holds_an_amount():
    assert no_float(pictures_of(large()))


def test_link_widths_are_in_proportion_and_never_vanish():
    data = pictures_of(large())["data"]["assets"][0]["flow"]
    widths = [link["values"][policy] for link in data["links"] for policy in POLICIES]
    assert max(widths) == 10**9
    assert all(
        bool(width) == (policy in link["text"])
        for link in data["links"]
        for policy, width in link["values"].items()
    )


def test_markup_in_labels_is_shown_letter_by_letter():
    document = small(ends=30)
    for end in document["endpoints"]:
        if end["label"]:
            end["label"]["entity_name"] = '<a href="//x">&amp;'
    labels = [node["label"] for node in pictures_of(document)["data"]["assets"][0]["flow"]["nodes"]]
    assert any(label.startswith('&lt;a href="//x"&gt;&amp;amp; (') for label in labels)
    assert not any("<" in label for label in labels)


def test_tables_hold_every_link_and_arrival():
    shown = pictures_of(small())
    for data, table in zip(shown["data"]["assets"], shown["tables"], strict=True):
        assert len(table["links"]) == len(data["flow"]["links"])
        days = sum(
            any(bar["values"][p][i] != "0" for p in POLICIES)
            for bar in data["timeline"]["bars"]
            for i in range(len(data["timeline"]["dates"]))
        )
        assert len(table["arrivals"]) <= days


def test_first_policy_conserves():
    document = small()
    assert pictures_of(document)["data"]["first"] == "fifo"
    document["method"]["policies"] = ["poison", "haircut"]
    assert pictures_of(document)["data"]["first"] == "haircut"


def test_many_assets_are_named_not_drawn():
    document = small()
    for i in range(10):
        asset = f"eip155:1/erc20:0x{i:040x}"
        document["flows"].append(document["flows"][0] | {"asset": asset})
    shown = pictures_of(document)
    assert len(shown["tables"]) == MOST_ASSETS
    assert len(shown["left_out"]) == 12 - MOST_ASSETS
