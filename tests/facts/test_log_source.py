from bongsu.facts.log_source import load_log_sources
from bongsu.model.log import LogStream

SYSMON = "Microsoft-Windows-Sysmon/Operational"


def names(channel, event_id, product="windows"):
    return load_log_sources(product).names(LogStream(product, channel=channel, event_id=event_id))


def test_an_event_is_of_its_channels_service_and_of_its_own_category():
    assert names(SYSMON, "1") == {"sysmon", "process_creation"}
    assert names("Security", "4688") == {"security", "process_creation"}
    assert names("security", "4624") == {"security"}
    assert names("Linux-Sysmon/Operational", "1", "linux") == {"sysmon", "process_creation"}


def test_the_same_number_in_another_channel_is_another_event():
    assert names("Application", "1") == {"application"}


def test_an_event_of_two_categories_is_of_both():
    assert {"registry_event", "registry_set"} < names(SYSMON, "13")


def test_a_product_without_channels_has_none():
    assert load_log_sources("zeek") is None


def test_fields_have_the_names_of_the_event():
    assert load_log_sources("windows").fields["4688"]["Image"] == "NewProcessName"
