"""`bongsu check` on the command line."""

import json

import pytest
import typer
from tests.data.check_case import AT_SECOND, INCIDENT, SECOND, STRANGER, small_ledger
from typer.testing import CliRunner

from bongsu.app.cli.check import check
from bongsu.errors import AddressError, InputError, LedgerError

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(check)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return small_ledger(tmp_path_factory.mktemp("cli"))


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_piped_output_is_one_json_document(ledger):
    result = run(SECOND, "--ledger", ledger)
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["answer"]["incidents"] == [INCIDENT]
    assert document["parties"][0]["exposures"][0]["arrived"] == AT_SECOND
    assert result.stdout.count("\n") == 1


def test_an_unknown_address_is_no_failure(ledger):
    result = run(STRANGER, "--ledger", ledger, "--json")
    assert (result.exit_code, json.loads(result.stdout)["known"]) == (0, False)


def test_the_marking_is_said(ledger):
    document = json.loads(
        run(SECOND, "--ledger", ledger, "--tlp", "TLP:GREEN", "--release", "kr-cert").stdout
    )
    assert document["marking"] == {"tlp": "TLP:GREEN", "releasable_to": ["kr-cert"]}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [(["0x12", "--ledger", "L"], AddressError), ([SECOND, "--ledger", "L/none"], LedgerError),
     ([SECOND, "--ledger", "L", "--tlp", "PINK"], InputError)],
)  # fmt: skip
def test_what_a_person_can_mend_is_an_error(ledger, arguments, error):
    result = run(*(one.replace("L", str(ledger)) if one.startswith("L") else one for one in arguments))
    assert isinstance(result.exception, error)
    assert result.exception.hint


def test_a_ledger_must_be_named():
    assert run(SECOND).exit_code == 2
