"""The Korean catalog is whole, fresh and says what it is: an unreviewed translation."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from rich.console import Console

from bongsu.app.cli.trace_print import print_trace
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.model.text import LANGUAGES, LOCALES, _, current_language, translation_notice
from bongsu.share.report import render_report

ROOT = Path(__file__).parent.parent
SAMPLE = "atomic-wallet-2023"
NOTICE = "검토되지 않은 번역"
HANGUL = re.compile("[가-힣]")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def catalog(language):
    with (LOCALES / language / "LC_MESSAGES" / "bongsu.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(read):
    return {message.id: message for message in read if message.id}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Messages of the source, extracted as docs/how-to/translate.md says."""
    template = tmp_path_factory.mktemp("language") / "bongsu.pot"
    extract = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "--no-location"]
    options = ["-F", "src/bongsu/locale/babel.toml", "-o", str(template), "src/bongsu"]
    subprocess.run([*extract, *options], cwd=ROOT, check=True)
    with template.open("rb") as file:
        return set(messages(read_po(file)))


@pytest.fixture
def korean(monkeypatch):
    monkeypatch.setenv("BONGSU_LANG", "ko")


def places(text):
    """Placeholders of a message, each as often as it stands there."""
    return sorted(re.findall(r"{[^}]*}|%\(\w+\)\w|%[sd]", text))


def test_the_source_has_messages_of_every_kind(source):
    assert "hint: {hint}" in source  # Python
    assert "Skip to the summary" in source  # a template
    assert len(source) > 500


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalog_has_every_message_and_no_other(source, language):
    assert sorted(source ^ set(messages(catalog(language)))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language):
    found = messages(catalog(language))
    assert [key for key, message in found.items() if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_agree(language):
    found = messages(catalog(language))
    assert [key for key, message in found.items() if places(key) != places(message.string)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_a_sentence_stays_one(language):
    found = messages(catalog(language))
    sentences = {key for key in found if key.endswith(".") and not key.endswith("...")}
    assert len(sentences) > 100
    fragments = {key for key in found if key[0].islower() and not key.endswith(".")}
    assert [key for key in fragments if found[key].string.endswith(".")] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalog_is_of_this_text(language):
    with (LOCALES / language / "LC_MESSAGES" / "bongsu.mo").open("rb") as file:
        compiled = messages(read_mo(file))
    said = {key: message.string for key, message in messages(catalog(language)).items()}
    assert {key: message.string for key, message in compiled.items()} == said


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalog_says_that_nobody_has_reviewed_it(language):
    read = catalog(language)
    assert "unreviewed translation" in read.header_comment
    assert "unreviewed translation" in read.last_translator


def test_korean_is_korean(korean):
    found = messages(catalog("ko"))
    assert [key for key, message in found.items() if not HANGUL.search(message.string)] == [
        "{who}: {statement}"
    ]
    assert _("Stopped.") == found["Stopped."].string
    assert translation_notice() == NOTICE


@pytest.mark.parametrize("said", ["", "en", "en_US.UTF-8", "de", "xx"])
def test_any_other_language_is_english(monkeypatch, said):
    monkeypatch.setenv("BONGSU_LANG", said)
    assert (current_language(), _("Stopped."), translation_notice()) == ("en", "Stopped.", "")


def test_the_language_of_the_system_is_not_asked(monkeypatch):
    monkeypatch.delenv("BONGSU_LANG", raising=False)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "ko_KR.UTF-8")
    assert _("Stopped.") == "Stopped."


def run(*args, **environment):
    command = [sys.executable, "-c", "from bongsu.app.cli import main; main()", *args]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_a_trace_in_korean_says_what_its_language_is():
    done = run("trace", SAMPLE, "--html", "-", BONGSU_LANG="ko")
    assert (done.returncode, done.stderr) == (0, f"{NOTICE}\n")
    document = json.loads(done.stdout)
    assert all(HANGUL.search(limit) for limit in document["limits"])
    english = json.loads(run("trace", SAMPLE, "--html", "-", BONGSU_LANG="en").stdout)
    amounts = [[end["amount"] for end in one["endpoints"]] for one in (document, english)]
    assert amounts[0] == amounts[1]


def test_tables_and_report_in_korean(korean):
    document = run_trace(lead_of([SAMPLE], [], []), TraceOptions())
    console = Console(file=io.StringIO(), width=80)
    print_trace(document, console)
    printed = console.file.getvalue()
    assert _("Where it was last seen, in the order to act (* there under every policy)")[:12] in printed
    assert "훈련용" in printed
    page = render_report(document)
    assert NOTICE in page
    assert '<html lang="ko">' in page


def test_an_error_in_korean():
    done = run("trace", "ronin-2022", BONGSU_LANG="ko")
    assert done.returncode == 2
    notice, error, hint = done.stderr.splitlines()
    assert notice == NOTICE
    assert "추적할 수 없습니다" in error
    assert hint.startswith("도움말: ")
    assert done.stdout == ""
