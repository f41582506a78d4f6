import pytest

from bongsu.errors import FactsError
from bongsu.facts.document import read_documents
from bongsu.facts.log_field import LogField, load_log_fields, log_fields_of

BODY = """\
table: |
  query query.hostname domain
  rcode rcode_id
  seen_bytes -
"""


def test_a_line_names_a_field_its_ocsf_attribute_and_what_it_can_be_compared_with(document):
    found = log_fields_of(document("log_fields", "made", BODY))
    assert found == {
        "query": LogField("query.hostname", "domain"),
        "rcode": LogField("rcode_id", ""),
        "seen_bytes": LogField("", ""),
    }


def test_a_kind_that_nothing_compares_is_refused(document):
    with pytest.raises(FactsError, match="has host_name, not one of"):
        log_fields_of(document("log_fields", "made", BODY.replace("domain", "host_name")))


@pytest.mark.parametrize("file", read_documents("log_fields"), ids=lambda file: file.slug)
def test_shipped_tables_are_read(file):
    assert load_log_fields(file.slug)


def test_a_product_that_is_not_known_has_no_fields():
    assert load_log_fields("abacus") == {}
