import pytest
from tests.read.lock_samples import PDM, PIPFILE, POETRY, REQUIREMENTS, UV, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log

WHAT = ("locator", "name", "version", "resolved", "integrity", "file_kind")
A, B = "sha256:0123456789abcdef0123456789abcdef", "sha256:fedcba9876543210fedcba9876543210"


def test_requirements_join_continued_lines_and_keep_what_is_not_pinned_without_a_version():
    assert rows_of(batches_of("python_lock", REQUIREMENTS), *WHAT) == [
        (3, "requests", "2.31.0", None, "sha256:aaaa sha256:bbbb", "requirements"),
        (7, "Django", None, None, None, "requirements"),
        (8, "local-thing", None, "https://files.example/local_thing-1.0.whl", None, "requirements"),
    ]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (
            POETRY,
            [
                (3, "requests", "2.31.0", None, A, "poetry"),
                (16, "odd", "0.0.7", "https://git.example/odd.git", None, "poetry"),
            ],
        ),
        (
            UV,
            [
                (4, "requests", "2.31.0", "https://index.example/simple", f"{A} {B}", "uv"),
                (13, "shop", None, ".", None, "uv"),
            ],
        ),
        (PDM, [(8, "requests", "2.31.0", None, A, "pdm")]),
        (PIPFILE, [(8, "requests", "2.31.0", "pypi", "sha256:aaaa sha256:bbbb", "pipfile")]),
    ],
)
def test_each_tool_is_read(body, rows):
    found = batches_of("python_lock", body)
    assert rows_of(found, *WHAT) == rows
    assert not rejects_of(found)


def test_what_is_no_requirement_is_a_reject_at_its_line():
    found = batches_of("python_lock", REQUIREMENTS + b"???\n")
    assert rejects_of(found) == [(9, "bad_entry")]


def test_a_package_without_name_is_a_reject():
    found = batches_of("python_lock", UV.replace(b'name = "requests"\nversion', b"version"))
    assert rejects_of(found) == [(4, "bad_entry")]


def test_a_damaged_pipfile_is_a_reject():
    assert rejects_of(batches_of("python_lock", PIPFILE[:-4])) == [(14, "bad_json")]


@pytest.mark.parametrize("body", [REQUIREMENTS, POETRY, UV, PDM, PIPFILE, b"requests==2.31.0\n"])
def test_is_told_by_content(body):
    assert sniff_log(body) == "python_lock"


@pytest.mark.parametrize("body", [b"hello\nworld\n", b"if a == b:\n  print(1)\n", b"a=1 b==2 status=ok\n"])
def test_plain_text_is_no_list_of_requirements(body):
    assert sniff_log(body) == "plain_text"


def test_many_commas_are_read_in_no_time():
    long = b"a" + b"==1," * 20_000 + b"!\n"
    assert rejects_of(batches_of("python_lock", b"x==1\n" + long)) == [(2, "bad_entry")]
