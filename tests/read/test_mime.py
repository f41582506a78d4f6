from tests.read.mail_samples import EML

from bongsu.read.mime import MOST_PARTS, decoded, parts_of, split_mail, text_of


def test_headers_are_unfolded_and_kept_in_order():
    headers, body = split_mail(EML)
    assert len(headers["received"]) == 2
    assert headers["received"][1].startswith("from unknown (HELO x) (203.0.113.7)  by mx.thinktank")
    assert body.startswith(b"preamble")


def test_parts_are_decoded_and_named_preamble_and_boundaries_left_out():
    parts = list(parts_of(*split_mail(EML)))
    assert [(part.kind, part.name) for part in parts] == [
        ("text/plain", ""),
        ("text/html", ""),
        ("application/zip", "질문.zip"),
    ]
    assert parts[0].body == b"See https://drive.example/d?id=1 (or http://192.0.2.1:8080/x)."
    assert parts[2].body == b"hello\n"


def test_a_mail_within_a_mail_is_gone_into():
    outer = b"Content-Type: message/rfc822\n\nSubject: inner\nContent-Type: text/html\n\n<b>"
    assert [part.kind for part in parts_of(*split_mail(outer))] == ["message/rfc822", "text/html"]


def test_damaged_base64_gives_what_can_be_decoded_and_says_so():
    head = b"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
    [part] = parts_of(*split_mail(head + b"aGVsbG8KA"))
    assert (part.body, part.whole) == (b"hello\n", False)


def test_words_that_cannot_be_decoded_stay():
    assert decoded("=?utf-8?Q?Interview_request?=") == "Interview request"
    assert decoded("=?no-such-set?Q?a?=") == "=?no-such-set?Q?a?="
    assert decoded("=?utf-8?B?!?=") == "=?utf-8?B?!?="


def test_bytes_without_a_character_set_are_read_as_korean_mail_was_written():
    assert text_of("홍길동".encode()) == text_of("홍길동".encode("cp949")) == "홍길동"
    assert text_of(b"\xff\xff\xff") == "\ufffd" * 3


def test_long_fields_are_read_in_no_time():
    field = b'Content-Disposition: attachment; filename="' + b";" * 500_000 + b'"\n'
    [part] = parts_of(*split_mail(b"Subject: x\n" + field + b"\nx"))
    assert len(part.name) <= 400
    assert len(decoded("=?utf-8?Q?a?= " * 40_000)) <= 20_000


def test_nesting_and_parts_have_an_end():
    deep = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5000
    assert len(list(parts_of(*split_mail(deep)))) <= MOST_PARTS
    wide = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000
    assert len(list(parts_of(*split_mail(wide)))) <= MOST_PARTS
