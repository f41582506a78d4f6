import io

from rich.console import Console
from tests.data.screen_case import write_company

from bongsu.app.cli.screen_print import network_table, print_screening, referral_table
from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_intake import ScreenRequest


def test_tables_name_people_and_what_joins_them(tmp_path, capsys):
    document = run_screen(ScreenRequest(files=write_company(tmp_path)))
    console = Console(file=io.StringIO(), width=160)
    console.print(referral_table(document))
    console.print(network_table(document))
    printed = console.file.getvalue()
    for text in ("e1", "person", "money, place", "P01", "e1, e2, e3, e4", "iban DE89…00"):
        assert text in printed
    print_screening(document, plain=True)
    assert capsys.readouterr().out.startswith('{"duties"')
