from tests.data.event_rows import event, hits_of, subjects

from bongsu.analyze.damping import ScreenContext

SEIZED = ScreenContext(listed={("domain", "seized.example"): "a court"})
TEXT = [f"p{i}" for i in range(4)]


def firm(name, day=-30, registrar="reg", host="net", text=()):
    return [
        event(name, "company", "domain", f"{name}.example", day=day),
        event(name, "company", "registrar", registrar, day=day),
        event(name, "company", "hosting", host, day=day),
        *(event(name, "company", "passage", one, day=day) for one in text),
    ]


PLACED = [event("a", "work", "vendor", "one"), event("b", "resume", "job", "one 2020-01..2021-01")]


def test_a_young_firm_with_a_copied_text():
    rows = [*PLACED, *firm("one", text=TEXT), *firm("other", -4000, "r", "h", TEXT)]
    hits = hits_of(*rows, flag="N03")
    assert subjects(hits) == ["a", "b"]
    assert {(hit.strength, hit.kind, hit.value) for hit in hits} == {("medium", "vendor", "one")}


def test_a_young_firm_alone_is_a_start_up_and_a_copied_text_alone_a_habit():
    assert hits_of(*PLACED, *firm("one"), flag="N03") == []
    assert (
        hits_of(*PLACED, *firm("one", -4000, text=TEXT), *firm("other", -4000, text=TEXT), flag="N03") == []
    )


def test_registrar_and_host_of_a_seized_domain():
    rows = [*PLACED, *firm("one"), *firm("seized", -4000)]
    assert subjects(hits_of(*rows, flag="N03", context=SEIZED)) == ["a", "b"]
    assert hits_of(*rows, flag="N03") == []
    assert hits_of(*PLACED, *firm("one", host="x"), *firm("seized", -4000), flag="N03", context=SEIZED) == []


def test_a_host_that_many_firms_have_says_nothing():
    crowd = [row for i in range(30) for row in firm(f"f{i}", -4000)]
    rows = [*PLACED, *firm("one"), *firm("seized", -4000), *crowd]
    assert hits_of(*rows, flag="N03", context=SEIZED) == []


def test_a_seized_domain_is_enough_and_a_firm_nobody_names_is_no_hit():
    rows = [event("a", "work", "vendor", "seized"), *firm("seized", -4000)]
    assert subjects(hits_of(*rows, flag="N03", context=SEIZED)) == ["a"]
    assert hits_of(*rows[1:], flag="N03", context=SEIZED) == []
