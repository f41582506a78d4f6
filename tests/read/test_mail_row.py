import pytest
from tests.read.mail_samples import EML

from bongsu.read.mail_row import COLUMNS, body_row, date_of, domain_of, header_row, row_of
from bongsu.read.mime import Part, split_mail


def test_recipients_are_kept_as_domains_and_their_number_alone():
    found = header_row(split_mail(EML)[0])
    assert found["to"] == "3 firm.example other.example"
    assert not any("kim" in value or "lee@" in value for value in found.values())


def test_names_and_addresses_are_decoded_and_in_lower_case():
    found = header_row(split_mail(EML)[0])
    assert (found["from_name"], found["from"]) == ("홍길동", "hong@thinktank.example")
    assert (found["reply_to_domain"], found["return_path"]) == ("freemail.example", "bounce@mailer.example")
    assert found["received_ips"] == "192.0.2.10 203.0.113.7"


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("Mon, 3 Jun 2024 09:00:00 +0900", "2024-06-03T00:00:00Z"),
        ("3 Jun 2024 09:00:00 -0000", "2024-06-03T09:00:00Z"),
        ("yesterday", "yesterday"),
        ("", ""),
        ("Mon, 99 Jun 2024 09:00:00 +0900", "Mon, 99 Jun 2024 09:00:00 +0900"),
    ],
)
def test_dates_are_in_utc_or_as_they_are_stated(stated, date):
    assert date_of(stated) == date


def test_links_are_of_texts_and_end_where_they_end():
    page = b'<a href="https://a.example/x?a=1&amp;b=2">https://B.example.</a> http://u:p@c.example:80/'
    found, whole = body_row([Part("text/html", "", page), Part("text/css", "", b"url(http://d.example)")])
    assert whole
    assert found["urls"] == "https://a.example/x?a=1&b=2 https://B.example http://u:p@c.example:80/"
    assert found["url_hosts"] == "a.example b.example c.example"
    assert found["attachments"] == ""


def test_attachments_are_named_and_hashed():
    found, whole = body_row(
        [Part("application/zip", "", b"hello\n", whole=False), Part("text/plain", "a.txt", b"")]
    )
    assert not whole
    assert found["attachments"] == "(application/zip)\na.txt"
    assert found["attachment_sha256"].startswith("SHA256=5891b5b522d5df08")
    assert found["attachment_sha256"].count("SHA256=") == 2


def test_a_row_is_in_the_order_of_the_columns_and_null_where_nothing_is_stated():
    row = row_of({"from": "a@b.example", "subject": "\ud800"})
    assert row[COLUMNS.index("from")] == "a@b.example"
    assert row[COLUMNS.index("subject")] == "?"
    assert row[COLUMNS.index("to")] is None


@pytest.mark.parametrize(
    ("stated", "name", "address"),
    [
        ('"Cha, V." <v@a.example>, x@b.example', "Cha, V.", "v@a.example"),
        ("=?utf-8?Q?V=2E_Cha?= <V@A.example>", "V. Cha", "v@a.example"),
        ("v@a.example", "", "v@a.example"),
        ("v@a.example (V. Cha)", "V. Cha", "v@a.example"),
        ("undisclosed-recipients:;", "undisclosed-recipients:;", ""),
        ("v@a.example <x@evil.example>", "v@a.example", "x@evil.example"),
    ],
)
def test_senders_are_written_in_many_ways(stated, name, address):
    found = header_row({"from": [stated]})
    assert (found["from_name"], found["from"]) == (name, address)


def test_a_name_that_looks_like_an_address_is_no_recipient():
    assert header_row({"to": ['"a@b.example" <c@d.example>, e@f.example']})["to"] == "2 d.example f.example"


def test_a_domain_is_behind_the_last_at_sign():
    assert domain_of("a@b@C.example.") == "c.example"
    assert domain_of("nobody") == ""
