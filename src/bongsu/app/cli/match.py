"""`bongsu match`: which payout accounts and addresses two organizations share, without showing the rest."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.app.cli import match_net
from bongsu.app.cli.match_net import Folder, Kinds, Partner, Reveal, Round, Values
from bongsu.model.text import _

app = typer.Typer(
    no_args_is_help=True, help=_("Find what two organizations share, without showing the rest.")
)
Into = Annotated[Path, typer.Option(help=_("File to write, for the other side."))]


@app.command()
def ask(  # noqa: PLR0913 (options of a command)
    identifiers: Values,
    *,
    partner: Partner,
    round_id: Round,
    into: Into,
    folder: Folder = Path("match"),
    kind: Kinds = None,
    reveal: Reveal = False,
) -> None:
    """Make a question: how many of these identifiers the partner has too.

    Example: bongsu match ask payroll.csv --partner acme --round 2026-11 --into question.json
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.match import Exchange, Wanted, ask_match
    from bongsu.share.match_rule import MATCH_KINDS

    exchange = Exchange(folder=folder, partner=partner)
    wanted = Wanted(round=round_id, kinds=kind or MATCH_KINDS, reveal=reveal)
    print_match(ask_match(exchange, identifiers, into, wanted))


@app.command()
def answer(  # noqa: PLR0913 (options of a command)
    question: Annotated[Path, typer.Argument(help=_("Question that the other side sent."))],
    identifiers: Values,
    *,
    partner: Partner,
    into: Into,
    folder: Folder = Path("match"),
    approved_by: Annotated[str, typer.Option(help=_("Who decided that shared values may be revealed."))] = "",
    at_least: Annotated[int, typer.Option(help=_("Fewest shared values to reveal."), min=1)] = 1,
    tlp: Annotated[str, typer.Option(help=_("Marking of the identifiers, for example TLP:AMBER."))] = "",
    release: Annotated[list[str] | None, typer.Option(help=_("Party that may learn shared ones."))] = None,
) -> None:
    """Answer a question, within the limits; what is refused is in the log.

    Example: bongsu match answer question.json payroll.csv --partner zeta --into answer.json
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.lead import marking_of
    from bongsu.app.jobs.match import NOBODY, Consent, Exchange, answer_match

    marking = marking_of(tlp, release or []) or NOBODY
    consent = Consent(approved_by=approved_by, at_least=at_least, marking=marking)
    exchange = Exchange(folder=folder, partner=partner)
    print_match(answer_match(exchange, question, identifiers, into, consent=consent))


@app.command()
def read(
    answered: Annotated[Path, typer.Argument(metavar="ANSWER", help=_("Answer that the other side sent."))],
    identifiers: Values,
    *,
    partner: Partner,
    folder: Folder = Path("match"),
) -> None:
    """Read an answer: how many are shared, or which. An answer is read once.

    Example: bongsu match read answer.json payroll.csv --partner acme
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.match import Exchange, read_match

    print_match(read_match(Exchange(folder=folder, partner=partner), answered, identifiers))


app.registered_commands.extend(match_net.app.registered_commands)
