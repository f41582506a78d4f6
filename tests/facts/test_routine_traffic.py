"""Regular traffic that has a plain reason."""

from bongsu.facts.routine_traffic import load_routines, routines_of


def test_a_file_is_hosts_agents_and_ports(document):
    body = "note: a\nhosts: |\n  a.example an update\nagents: |\n  Some_Agent its own\n"
    found = routines_of(document("routine_traffic", "made", body))
    assert found.hosts == {"a.example": "an update"}
    assert found.agents == {"some agent": "its own"}
    assert found.ports == {}


def test_what_ships_names_updates_and_clocks():
    found = load_routines()
    assert found.ports["123"] == "clock"
    assert "windowsupdate.com" in found.hosts
    assert all(host == host.lower() and "." in host and why for host, why in found.hosts.items())
    found.hosts.clear()
    assert load_routines().hosts
