import pyarrow as pa
import pytest

from bongsu.analyze.linkage_exact import MOST_SHARING, exact_links, joined_records
from bongsu.model.identifier import IDENTIFIER
from bongsu.model.label import Label
from bongsu.model.person import HUB, LINK, MEMBERSHIP

WALLET = "0x" + "a1" * 20


def identifiers(*rows):
    """Rows of record, kind, namespace, value and strength."""
    names = ("record", "kind", "namespace", "value", "strength")
    rest = {"written": "", "why": "", "source": "", "locator": 0, "seen": None}
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) | rest for row in rows], IDENTIFIER)


def label(category, chain="eip155:*"):
    return Label(
        chain=chain,
        address=WALLET,
        name="",
        category=category,
        entity="",
        source="somebody",
        confidence=90,
        valid_from=None,
        valid_to=None,
        license="",
    )


def strengths(found):
    assert (found.links.schema, found.hubs.schema) == (LINK, HUB)
    return {(row["left"], row["right"]): row["strength"] for row in found.links.to_pylist()}


def test_equal_identifiers_are_linked_once_with_every_reason():
    found = exact_links(
        identifiers(
            ("b", "email", "", "x@y.example", "strong"),
            ("a", "email", "", "x@y.example", "strong"),
            ("a", "ip", "", "8.8.8.8", "weak"),
            ("b", "ip", "", "8.8.8.8", "weak"),
            ("c", "email", "", "z@y.example", "strong"),
        )
    )
    (row,) = found.links.to_pylist()
    assert (row["left"], row["right"], row["basis"], row["strength"]) == ("a", "b", "email,ip", "strong")
    assert row["why"] == ["Both state email x@y.example (strong).", "Both state ip 8.8.8.8 (weak)."]


def test_the_weaker_statement_counts():
    rows = identifiers(("a", "serial", "", "X1", "strong"), ("b", "serial", "", "X1", "weak"))
    assert strengths(exact_links(rows)) == {("a", "b"): "weak"}


def test_another_namespace_is_another_value():
    rows = identifiers(("a", "emoney", "wise", "ann", "strong"), ("b", "emoney", "paypal", "ann", "strong"))
    assert strengths(exact_links(rows)) == {}


@pytest.mark.parametrize(("stated", "said"), [("strong", "medium"), ("medium", "medium"), ("weak", "weak")])
def test_one_handle_at_two_platforms_is_a_lead_at_most(stated, said):
    rows = identifiers(("a", "handle", "github", "ann", stated), ("b", "handle", "x", "ann", stated))
    found = exact_links(rows)
    assert strengths(found) == {("a", "b"): said}
    assert found.links["why"][0].as_py() == [f"Both have the handle ann, not at one known platform ({said})."]


def test_the_same_platform_says_it_alone():
    rows = identifiers(("a", "handle", "github", "ann", "strong"), ("b", "handle", "github", "ann", "strong"))
    (row,) = exact_links(rows).links.to_pylist()
    assert (row["basis"], row["strength"], len(row["why"])) == ("handle/github", "strong", 1)


def test_a_generic_handle_alone_is_never_above_weak():
    platforms = [("a", "github"), ("b", "github"), ("c", "x"), ("d", "")]
    rows = identifiers(*[(record, "handle", space, "admin", "weak") for record, space in platforms])
    assert set(strengths(exact_links(rows)).values()) == {"weak"}


def test_a_hub_joins_nobody_but_leads_see_it():
    rows = identifiers(*[(f"r{n:03d}", "serial", "", "X1", "strong") for n in range(MOST_SHARING + 1)])
    found = exact_links(rows)
    assert strengths(found) == {}
    (hub,) = found.hubs.to_pylist()
    assert (hub["value"], hub["records"]) == ("X1", MOST_SHARING + 1)
    asked = strengths(exact_links(rows, leads=frozenset({"r001", "r002"})))
    assert len(asked) == 2 * MOST_SHARING - 1
    assert set(asked.values()) == {"weak"}


@pytest.mark.parametrize("category", ["payer", "victim", "exchange", "contract"])
@pytest.mark.parametrize("chain", ["eip155:*", "eip155:1", "eip155:137"])
def test_a_negative_label_joins_nobody_not_even_a_lead(category, chain):
    rows = identifiers(*[(record, "wallet", "eip155:*", WALLET, "strong") for record in "ab"])
    found = exact_links(rows, leads=frozenset("ab"), labels=[label(category, chain)])
    assert strengths(found) == {}
    assert category in found.hubs["why"][0].as_py()


@pytest.mark.parametrize("category", ["deposit", "theft", "sanctioned"])
def test_other_labels_leave_a_wallet_as_it_is(category):
    rows = identifiers(*[(record, "wallet", "eip155:*", WALLET, "strong") for record in "ab"])
    assert strengths(exact_links(rows, labels=[label(category)])) == {("a", "b"): "strong"}


def test_links_of_enough_strength_join():
    rows = identifiers(
        ("a", "email", "", "x@y.example", "strong"),
        ("b", "email", "", "x@y.example", "strong"),
        ("b", "handle", "github", "ann", "strong"),
        ("c", "handle", "x", "ann", "strong"),
    )
    links = exact_links(rows).links
    strong, medium = joined_records(links), joined_records(links, least="medium")
    assert strong.schema == MEMBERSHIP
    assert dict(zip(strong["record"].to_pylist(), strong["group"].to_pylist(), strict=True)) == {
        "a": "a",
        "b": "a",
    }
    assert medium["record"].to_pylist() == ["a", "b", "c"]


def test_nothing_gives_nothing():
    found = exact_links(IDENTIFIER.empty_table())
    assert (found.links.num_rows, found.hubs.num_rows) == (0, 0)
    assert joined_records(found.links).num_rows == 0
