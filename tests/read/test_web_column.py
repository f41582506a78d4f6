"""Parts of URLs and requests."""

import pyarrow as pa
import pytest

from bongsu.read.web_column import (
    MONTHS,
    host_and_port,
    renamed,
    request_columns,
    target_columns,
    text_columns,
    url_columns,
    whole_url,
)


def column(*values):
    return pa.array(values, pa.string()).dictionary_encode()


def parts(columns):
    return {name: one.to_pylist()[0] for name, one in columns.items() if one.to_pylist()[0] is not None}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/x/y.exe?q=1&r=2#z",
         {"scheme": "http", "host": "a.example", "stem": "/x/y.exe", "query": "q=1&r=2", "extension": "exe",
          "target": "/x/y.exe?q=1&r=2"}),
        ("https://user:pw@a.example:8443/",
         {"scheme": "https", "host": "a.example", "port": "8443", "stem": "/", "target": "/"}),
        ("a.example:443", {"host": "a.example", "port": "443"}),
        ("http://[2001:db8::1]:80/x", {"scheme": "http", "host": "[2001:db8::1]", "port": "80", "stem": "/x",
                                       "target": "/x"}),
        ("/only/path.php", {"stem": "/only/path.php", "target": "/only/path.php", "extension": "php"}),
        ("http://a.example/mail@b", {"scheme": "http", "host": "a.example", "stem": "/mail@b",
                                      "target": "/mail@b"}),
    ],
)  # fmt: skip
def test_parts_of_a_url(url, expected):
    assert parts(url_columns(column(url))) == expected


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        ("GET /a b HTTP/1.1", {"method": "GET", "target": "/a b", "version": "HTTP/1.1"}),
        ("GET /", {"method": "GET", "target": "/"}),
        ("\x16\x03", {}),
        ("", {}),
    ],
)
def test_parts_of_a_request(request_line, expected):
    assert parts(request_columns(column(request_line))) == expected


def test_parts_of_a_target():
    assert parts(target_columns(column("/a.b/c.jsp;x?d.exe"))) == {"stem": "/a.b/c.jsp;x", "query": "d.exe"}
    assert parts(target_columns(column("/c.jsp"))) == {"stem": "/c.jsp", "extension": "jsp"}


def test_a_row_without_a_value_has_no_parts_and_names_without_values_go():
    found = text_columns(column("a1", None, "b"), "(?P<letter>[a-z])(?P<digit>[0-9])?(?P<no>x)?")
    assert found["letter"].to_pylist() == ["a", None, "b"]
    assert {name: one.to_pylist() for name, one in renamed(found, {"digit": "d", "no": "n"}).items()} == {
        "d": ["1", None, None]
    }


@pytest.mark.parametrize(
    ("host", "port", "made"),
    [
        ("a", "80", "a"),
        ("a", "", "a"),
        ("a", "81", "a:81"),
        ("a:82", "81", "a:82"),
        ("::1", "81", "[::1]:81"),
    ],
)
def test_a_port_is_put_to_a_host_once(host, port, made):
    assert host_and_port(host, port) == made


def test_a_path_that_is_a_url_stays():
    assert [whole_url("h", path) for path in ("/x", "x", "http://y/")] == [
        "http://h/x",
        "http://h/x",
        "http://y/",
    ]
    assert whole_url("", "/x") == "/x"
    assert (MONTHS["Jan"], MONTHS["Dec"], len(MONTHS)) == ("01", "12", 12)
