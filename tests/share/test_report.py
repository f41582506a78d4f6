"""The report as a file: who may have it, what stands in it, and that nothing in it runs or loads."""

import importlib.resources
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import jsonschema
import pytest
from tests.data.trace_document import ETH, HOSTILE, POLICIES, large, small

from bongsu.errors import ConservationError, MissingExtraError, ReleaseError
from bongsu.model import text
from bongsu.share import report, report_endpoint
from bongsu.share.page import page_environment
from bongsu.share.report import render_report, write_report

PUBLISHED = {
    "ser",
    "hme",
    "Devaynes",
    "Noble",
    "Clayton",
    "Case",
    "Tironsakkul",
    "Cunningham",
    "Brown",
    "Banco",
    "Cafetero",
}
SCHEMA = json.loads(importlib.resources.files("bongsu.share").joinpath("schema", "trace-1.json").read_text())


class Page(HTMLParser):
    """Elements, ids and visible text of a page, read by a parser that knows no templates."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.ids, self.text, self.scripts = [], [], [], [], []
        self.open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def small_page():
    return Page(render_report(small(ends=30)))


@pytest.mark.parametrize(
    "document", [small(), small(ends=60, hostile=True), small(exercise=True), large(ends=90, middles=50)]
)
def test_sample_documents_are_what_the_schema_says(document):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(document)))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("marking"),
        lambda d: d.update(extra=1),
        lambda d: d["endpoints"][0].update(stop="elsewhere"),
        lambda d: d["endpoints"][0].update(min=5),
        lambda d: d["endpoints"][0].update(min="-5"),
        lambda d: d["endpoints"][0].update(max="1.5"),
        lambda d: d["endpoints"][0]["amount"].update(guess="1"),
        lambda d: d["endpoints"][0]["path"][0]["evidence"].pop("sha256"),
        lambda d: d["marking"].update(tlp="TLP:WHITE"),
        lambda d: next(e["label"] for e in d["endpoints"] if e["label"])["sanctions"].append("OFAC"),
        lambda d: d["ledger"]["as_of"][0].update(time="2024-03-31 23:59:59"),
    ],
)
def test_schema_refuses_what_is_not_a_trace(change):
    document = small()
    change(document)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def test_marking_stands_at_top_and_bottom_and_on_printed_pages():
    document = small()
    document["marking"] = {"tlp": "TLP:AMBER+STRICT", "releasable_to": ["us-fbi", "kr-nis"]}
    html = render_report(document)
    page = Page(html)
    assert page.words.count("TLP:AMBER+STRICT Releasable to: kr-nis, us-fbi") == 2
    assert html.count('content: "TLP:AMBER+STRICT"') == 2


def test_exercise_is_said_at_top_and_bottom_and_in_the_title():
    assert Page(render_report(small(exercise=True))).words.count("EXERCISE - NOT SENT") == 2
    assert "EXERCISE: Example" in Page(render_report(small(exercise=True))).words
    assert "EXERCISE" not in Page(render_report(small())).words


def test_every_end_address_step_and_file_is_there_in_full(small_page):
    document = small(ends=30)
    for end in document["endpoints"]:
        assert small_page.words.count(end["shown"]) >= 2
        for step in end["path"]:
            assert step["tx_hash"] in small_page.words
    for file in document["ledger"]["files"]:
        assert file["sha256"] in small_page.words
    assert "…" not in small_page.words.replace("Other ends", "").split("Ends, ranked")[1]


def test_exact_amounts_are_there(small_page):
    assert "401,346.76885840467128" in small_page.words


def test_page_loads_nothing(small_page):
    loading = {"src", "srcset", "data", "action", "background", "poster", "ping", "manifest", "formaction"}
    assert not [a for a in small_page.attributes if a[1] in loading]
    assert not set(small_page.tags) & {"link", "iframe", "object", "embed", "img", "base", "video", "audio"}
    links = {value for tag, name, value in small_page.attributes if name == "href"}
    assert all(link.startswith("#") and link[1:] in small_page.ids for link in links)


def test_ids_are_unique_and_titles_are_in_order(small_page):
    assert len(small_page.ids) == len(set(small_page.ids))
    levels = [int(tag[1]) for tag in small_page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    labeled = {value for tag, name, value in small_page.attributes if name == "aria-labelledby"}
    assert labeled <= set(small_page.ids)


def test_hostile_text_is_only_ever_text():
    document = small(ends=60, hostile=True)
    document["lead"] |= {"title": HOSTILE[0], "notes": HOSTILE[1], "id": HOSTILE[2]}
    document["ledger"] |= {"name": HOSTILE[2], "statement": HOSTILE[3]}
    document["assets"][1]["symbol"] = HOSTILE[1]
    document["limits"] = list(HOSTILE)
    document["coverage"]["rejects"] = {HOSTILE[0]: 1}
    document["coverage"]["gaps"] = {HOSTILE[2]: 1}
    document["method"]["params"] = {HOSTILE[0]: HOSTILE[2]}
    calm, hostile = Page(render_report(small(ends=60))), Page(render_report(document))
    assert len(hostile.scripts) == 3
    assert hostile.scripts[1:] == calm.scripts[1:]
    assert "img" not in hostile.tags
    assert not [a for a in hostile.attributes if a[1].startswith("on")]
    assert "<script>window.hacked=1</script>" in hostile.words
    assert "{{ 7*7 }}${7*7}" in hostile.words
    assert not set("\u202e\u2028\x00") & set(hostile.words)
    assert json.loads(hostile.scripts[0])["pictures"]["assets"]


def test_same_document_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib; from tests.data.trace_document import small;"
        "from bongsu.share.report import render_report;"
        "print(hashlib.sha256(render_report(small(ends=30)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": ":".join(p for p in sys.path if p) + ":.", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_language_is_stated(monkeypatch):
    assert '<html lang="en">' in render_report(small())
    monkeypatch.setenv("BONGSU_LANG", "ko")
    assert '<html lang="ko">' in render_report(small())


def test_file_is_written_for_the_owner_and_asks_for_others(tmp_path):
    document, path = small(), tmp_path / "report.html"
    document["marking"] = {"tlp": "TLP:RED", "releasable_to": None}
    with pytest.raises(ReleaseError):
        write_report(document, path, recipient="partner")
    assert not path.exists()
    write_report(document, path, recipient=None)
    assert path.read_text(encoding="utf-8") == render_report(document)


def test_document_without_a_marking_is_not_shown():
    document = small()
    del document["marking"]
    with pytest.raises(ReleaseError):
        render_report(document)


def test_false_balance_is_not_repeated(tmp_path):
    document = small()
    document["conservation"]["fifo"]["held"][ETH] = "1"
    with pytest.raises(ConservationError):
        write_report(document, tmp_path / "report.html", recipient=None)
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize("package", ["plotly.offline", "jinja2"])
def test_missing_package_names_the_extra(monkeypatch, package):
    page_environment.cache_clear()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as caught:
        render_report(small())
    assert "pip install 'bongsu[report]'" in caught.value.hint
    page_environment.cache_clear()


def test_empty_trace_is_a_report_too():
    document = small() | {"endpoints": [], "flows": [], "limits": []}
    document["conservation"] = {
        policy: {"conserving": policy != "poison", "balanced": policy != "poison", "stolen": {}}
        for policy in POLICIES
    }
    page = Page(render_report(document))
    assert "No party is known that can act" in page.words


def test_large_case_holds_every_end():
    page = Page(render_report(large()))
    assert sum(1 for found in page.ids if re.fullmatch(r"end-\d+", found)) == 500
    assert sum(1 for found in page.ids if re.fullmatch(r"path-\d+", found)) == 500


def test_what_there_is_no_room_for_is_said_and_nothing_points_there(monkeypatch):
    monkeypatch.setattr(report_endpoint, "MOST_ENDS", 20)
    monkeypatch.setattr(report_endpoint, "MOST_STEPS", 30)
    monkeypatch.setattr(report, "MOST_FILES", 0)
    document = large(ends=150, middles=90)
    document["ledger"]["files"].append(document["ledger"]["files"][0] | {"sha256": "0" * 64})
    document["lead"]["sources"] *= 130
    page = Page(render_report(document))
    shown = [found for found in page.ids if re.fullmatch(r"end-\d+", found)]
    paths = [found for found in page.ids if re.fullmatch(r"path-\d+", found)]
    assert (len(shown), 0 < len(paths) < 20) == (20, True)
    assert "The first 20 of 150 ends are listed here. The other 130 hold" in page.words
    assert f"Paths to {150 - len(paths)} more ends are in --json." in page.words
    assert "1 more files, which no step above names" in page.words
    assert "30 more are in --json." in page.words
    assert "0" * 64 not in page.words
    links = {value for tag, name, value in page.attributes if name == "href"}
    assert {link[1:] for link in links} <= set(page.ids)
    calm = Page(render_report(small())).words
    assert "more ends are" not in calm
    assert "are listed here" not in calm


def test_label_sources_stand_once_in_full():
    document = small(ends=30)
    for end in document["endpoints"]:
        if end["label"]:
            end["label"]["source"] = "A long name of a set of labels"
    page = Page(render_report(document))
    assert page.words.count("A long name of a set of labels") == 1
    assert page.words.count(", S1") >= sum(1 for end in document["endpoints"] if end["label"])


def test_parameters_and_limits_read_as_words():
    document = small()
    document["method"]["params"] = {"until": None, "stop_at": [], "prices": {"name": "p.csv"}, "hops": 3}
    document["limits"] = [document["ledger"]["statement"], "Another."]
    words = Page(render_report(document)).words
    assert "hops 3 prices name: p.csv stop_at none until none" in words
    assert words.count(document["ledger"]["statement"]) == 1


def test_every_word_of_the_page_can_be_translated(monkeypatch):
    """With a catalog that brackets each message, text outside brackets is only names and numbers."""

    class Brackets:
        def gettext(self, message):
            return f"⟦{message}⟧"

    monkeypatch.setattr(text, "_catalog", lambda language: Brackets())
    document = small()
    words = Page(render_report(document)).words
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", words)) != words:
        words = shorter
    stated = json.dumps(document, ensure_ascii=False)
    rest = {word for word in re.findall(r"[A-Za-z]{3,}", words) if word not in stated}
    assert rest <= {"UTC", "Ethereum", "SHA", "Möser", "Böhme", "Breuker", *PUBLISHED}
