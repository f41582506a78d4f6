import pytest
from tests.data.event_rows import at, event, index_of

from bongsu.analyze.firm import LEAST_PASSAGES, Firms, plain_firm

NOW = int(at().timestamp()) * 1_000_000


def firm(name, day, *, net="n", text=()):
    return [
        event(name, "company", "domain", f"{name}.example", day=day),
        event(name, "company", "registrar", "reg", day=day),
        event(name, "company", "hosting", net, day=day),
        *(event(name, "company", "passage", one, day=day) for one in text),
    ]


def signs(*rows, listed=()):
    index = index_of(*rows)
    found = Firms(index, index.rows, {("domain", one): "a court" for one in listed}).signs("one", NOW)
    return found.number, found.front


@pytest.mark.parametrize(("days", "count"), [(-364, 1), (-366, 0)])
def test_youth_is_a_sign_and_not_enough(days, count):
    assert signs(*firm("one", days)) == (count, False)


@pytest.mark.parametrize(("passages", "count"), [(LEAST_PASSAGES, 1), (LEAST_PASSAGES - 1, 0)])
def test_a_copied_text(passages, count):
    text = [f"p{i}" for i in range(passages)]
    assert signs(*firm("one", -4000, text=text), *firm("two", -4000, text=text)) == (count, False)
    assert signs(*firm("one", -4000, text=text)) == (0, False)


def test_what_a_seized_domain_has_too_and_one_that_is_seized_itself():
    rows = [*firm("one", -30), *firm("bad", -4000)]
    assert signs(*rows) == (1, False)
    assert signs(*rows, listed=["bad.example"]) == (2, True)
    assert signs(*firm("one", -4000), listed=["one.example"]) == (2, True)


def test_who_is_not_described_has_no_sign():
    assert signs(event("a", "hire")) == (0, False)
    assert plain_firm("  One   LLC ") == "one llc"
