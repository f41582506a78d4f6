import hashlib
import ipaddress

import pytest

from bongsu.errors import FactsError
from bongsu.facts.document import read_documents
from bongsu.facts.warning_list import Warned, load_warnings, warnings_of

BODY = """\
effect: benign
reason: nobody's
table: |
  host a.example b.example
  net 10.0.0.0/8
"""


def test_a_line_is_a_kind_and_values(document):
    assert warnings_of(document("warning_lists", "made", BODY)) == (
        Warned("host", "a.example", "benign", "nobody's"),
        Warned("host", "b.example", "benign", "nobody's"),
        Warned("net", "10.0.0.0/8", "benign", "nobody's"),
    )


@pytest.mark.parametrize(("old", "new"), [("net 10", "nets 10"), ("benign", "evil")])
def test_what_is_not_known_is_refused(document, old, new):
    with pytest.raises(FactsError):
        warnings_of(document("warning_lists", "made", BODY.replace(old, new)))


def test_shipped_values_are_canonical_and_stand_once():
    found = load_warnings()
    assert len(read_documents("warning_lists")) >= 5
    assert len({(one.kind, one.value) for one in found}) == len(found)
    for one in found:
        assert one.value == one.value.lower()
        assert one.kind != "net" or str(ipaddress.ip_network(one.value)) in {
            one.value,
            f"{one.value}/32",
            f"{one.value}/128",
        }


def test_hashes_are_those_of_files_with_nothing_in_them():
    made = {
        hashlib.new(name, data).hexdigest()
        for name in ("md5", "sha1", "sha256")
        for data in (b"", b"\n", b"\0\0")
    }
    passwords = {"aad3b435b51404ee" * 2, "31d6cfe0d16ae931b73c59d7e0c089c0"}
    assert {one.value for one in load_warnings() if one.kind == "hash"} - passwords == made
