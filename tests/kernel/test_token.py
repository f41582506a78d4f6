"""Free text is cut into the tokens that a reader would see, and never beyond its end."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.match_table import make_texts
from bongsu.kernel.token import find_tokens

KINDS = ("host", "url", "digest", "mail", "word")
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


def tokens_of(*texts):
    made = make_texts(texts)
    found = find_tokens(made)
    data = made.data.tobytes()
    return [
        (text, KINDS[kind], data[start:stop].decode())
        for text, start, stop, kind in zip(*(part.tolist() for part in found[:4]), strict=True)
    ]


def test_a_command_line_has_hosts_urls_and_hashes():
    line = f"curl.exe -o a http://1.2.3.4:8080/x?y=1, https://Evil.COM/up.php; # {MD5} (see www.evil.org)."
    assert tokens_of(line) == [
        (0, "host", "curl.exe"),
        (0, "host", "1.2.3.4"),
        (0, "url", "1.2.3.4:8080/x?y=1"),
        (0, "host", "Evil.COM"),
        (0, "url", "Evil.COM/up.php"),
        (0, "host", "up.php"),
        (0, "digest", MD5),
        (0, "host", "www.evil.org"),
    ]


def test_a_mail_address_is_one_and_its_host_too():
    assert tokens_of("From: Kim <kim.s+x@mail.evil.kr>, @nobody.kr, a@b") == [
        (0, "host", "mail.evil.kr"),
        (0, "mail", "kim.s+x@mail.evil.kr"),
        (0, "host", "nobody.kr"),
    ]


def test_long_words_may_be_wallets():
    wallet = "0x" + "ab" * 20
    assert tokens_of(f"pay {wallet} now", "short") == [(0, "word", wallet)]


def test_dots_and_hyphens_around_a_host_are_not_of_it():
    assert tokens_of("see ..evil.com.--") == [(0, "host", "evil.com")]


HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


@settings(max_examples=300)
@given(st.lists(st.text(alphabet='ab1.-_@:/ é"\\', max_size=60), max_size=6))
def test_hosts_are_the_runs_that_a_pattern_finds(texts):
    """Slow twin for hosts; URLs and mail addresses contain one each."""
    expected = []
    for i, text in enumerate(texts):
        for run in re.findall(r"[A-Za-z0-9._-]+(?![A-Za-z0-9._-]*@)", text):
            found = HOST.search(run)
            host = found[0] if found else ""
            last = host.rpartition(".")[2][:1]
            if len(host) >= 4 and "." in host and (last.isalpha() or host.count(".") == 3):
                expected.append((i, host))
    found = tokens_of(*texts)
    assert [(i, text) for i, kind, text in found if kind == "host"] == expected
    for i, kind, text in found:
        assert text in texts[i]
        assert kind != "mail" or "@" in text
