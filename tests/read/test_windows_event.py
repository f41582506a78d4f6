"""Nested Windows events become flat, whichever way their attributes are written."""

import pytest

from bongsu.read.windows_event import flat_columns, payload_fields, split_event

INSIDE = {
    "#attributes": {"xmlns": "x"},
    "System": {
        "Provider": {"#attributes": {"Name": "P", "Guid": "5770385F-C22A-43E0-BF4C-06F5698FFBD9"}},
        "EventID": {"#attributes": {"Qualifiers": 1}, "#text": 104},
        "TimeCreated": {"#attributes": {"SystemTime": "2026-01-02T03:04:05Z"}},
        "Correlation": None,
        "Channel": "System",
        "Computer": "PC",
        "Security": {"#attributes": {"UserID": "S-1-5-18"}},
    },
}
BESIDE = {
    "System": {
        "Provider_attributes": {"Name": "P", "Guid": "5770385F-C22A-43E0-BF4C-06F5698FFBD9"},
        "EventID_attributes": {"Qualifiers": 1},
        "EventID": 104,
        "TimeCreated_attributes": {"SystemTime": "2026-01-02T03:04:05Z"},
        "Correlation": None,
        "Channel": "System",
        "Computer": "PC",
        "Security_attributes": {"UserID": "S-1-5-18"},
    },
}
SYSTEM = {
    "Provider_Name": "P",
    "Provider_Guid": "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
    "EventID": 104,
    "EventID_Qualifiers": 1,
    "TimeCreated": "2026-01-02T03:04:05Z",
    "Channel": "System",
    "Computer": "PC",
    "Security_UserID": "S-1-5-18",
}


def flat(event):
    stream, names, values = split_event(event)
    columns = flat_columns(names, [[value] for value in values])
    return stream, {name: column[0] for name, column in columns.items()}


@pytest.mark.parametrize("event", [INSIDE, BESIDE])
def test_both_ways_of_attributes_give_the_same_fields(event):
    stream, fields = flat({**event, "EventData": {"Image": "a.exe", "Initiated": True}})
    assert (stream.product, stream.channel, stream.event_id) == ("windows", "System", "104")
    assert fields == {**SYSTEM, "Image": "a.exe", "Initiated": True}


@pytest.mark.parametrize(
    "payload",
    [
        {"UserData": {"Cleared": {"#attributes": {"xmlns": "x"}, "User": "u", "Inner": {"A": 1}}}},
        {"UserData": {"Cleared_attributes": {"xmlns": "x"}, "Cleared": {"User": "u", "Inner": {"A": 1}}}},
    ],
)
def test_user_data_lies_at_the_top(payload):
    assert flat({**BESIDE, **payload})[1] == {**SYSTEM, "User": "u", "Inner_A": 1}


def test_the_own_field_of_an_event_stands_before_that_of_the_log_service():
    stream, fields = flat({**BESIDE, "UserData": {"Cleared": {"Channel": "Security", "EventID": 5}}})
    assert stream.channel == "System"
    assert fields["Channel"] == "Security"
    assert fields["System_Channel"] == "System"
    assert (fields["EventID"], fields["EventData_EventID"]) == (104, 5)


def test_listed_data_is_named_by_its_attributes():
    listed = [{"@Name": "A", "#text": "1"}, {"#attributes": {"Name": "B"}, "#text": "2"}, "x", {"#text": "y"}]
    fields = flat({**BESIDE, "EventData": {"Data": listed}})[1]
    assert (fields["A"], fields["B"], fields["Data"]) == ("1", "2", ["x", "y"])


def test_other_payloads_and_names_of_payloads_are_kept():
    event = {
        **BESIDE,
        "EventData": {"#attributes": {"Name": "E"}, "param1": "1"},
        "Rest": {"Code": 3},
        "Text": "t",
    }
    fields = flat(event)[1]
    assert (fields["EventData_Name"], fields["param1"], fields["Code"], fields["Text"]) == ("E", "1", 3, "t")


def test_events_of_one_shape_may_differ_in_what_is_null():
    one = split_event({"System": {"EventID": 1, "Security": None}, "EventData": {"A": "x"}})
    two = split_event(
        {"System": {"EventID": 1, "Security": {"#attributes": {"UserID": "S"}}}, "EventData": {"A": "y"}}
    )
    assert one[1] == two[1]
    assert flat_columns(one[1], list(zip(one[2], two[2], strict=True))) == {
        "EventID": (1, 1), "Security_UserID": [None, "S"], "A": ("x", "y"),
    }  # fmt: skip


def test_depth_is_bounded():
    deep = {"a": "end"}
    for _ in range(500):
        deep = {"a": deep}
    assert len(list(payload_fields(deep, "UserData", 1))) == 1


@pytest.mark.parametrize("event", [{}, {"System": None}, {"System": "x"}])
def test_an_event_without_its_system_part_is_refused(event):
    with pytest.raises(ValueError, match="System"):
        split_event(event)
