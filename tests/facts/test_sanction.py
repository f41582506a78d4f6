"""Sanctions listings of a fact file and their labels."""

from datetime import date

from bongsu.facts.sanction import sanction_label, sanctions_of

BODY = """\
authority: OFAC
listings:
  - subject: Mixer
    program: E.O. 1
    chain: "eip155:1"
    listed: 2022-08-08
    delisted: 2025-03-21
    table: |
      0xaa
      0xbb with a note
  - chain: "eip155:1"
    table: |
      0xcc
"""


def test_listing_ends_on_the_day_of_removal(document):
    found = document("sanctions", "ofac-mixer", BODY)
    first, second, third = sanctions_of(found)
    assert (first.authority, first.program, first.subject) == ("OFAC", "E.O. 1", "Mixer")
    assert (second.address, second.delisted) == ("0xbb", date(2025, 3, 21))
    assert (third.subject, third.listed, third.delisted) == ("", None, None)
    label = sanction_label(found, first)
    assert (label.category, label.name) == ("sanctioned", "OFAC: Mixer")
    assert (label.valid_from, label.valid_to) == (date(2022, 8, 8), date(2025, 3, 21))
    assert sanction_label(found, third).name == "OFAC: A case"
