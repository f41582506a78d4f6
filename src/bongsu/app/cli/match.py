"""`bongsu match`: which payout accounts and addresses two organizations share, without showing the rest."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.model.text import _

app = typer.Typer(
    no_args_is_help=True, help=_("Find what two organizations share, without showing the rest.")
)

Values = Annotated[
    Path,
    typer.Argument(metavar="IDENTIFIERS", help=_("CSV file with columns kind, value and perhaps namespace.")),
]
Partner = Annotated[str, typer.Option(help=_("Who the other side is, always the same name."))]
Into = Annotated[Path, typer.Option(help=_("File to write, for the other side."))]
Folder = Annotated[Path, typer.Option(help=_("Folder that keeps the log, and keys until answers are read."))]


@app.command()
def ask(  # noqa: PLR0913 (options of a command)
    identifiers: Values,
    *,
    partner: Partner,
    round_id: Annotated[
        str, typer.Option("--round", help=_("Name of the exchange, the same on both sides."))
    ],
    into: Into,
    folder: Folder = Path("match"),
    kind: Annotated[
        list[str] | None, typer.Option(help=_("Kinds to match; where pay and goods go if none."))
    ] = None,
    reveal: Annotated[
        bool, typer.Option(help=_("Ask which are shared; how many must be known before."))
    ] = False,
) -> None:
    """Make a question: how many of these identifiers the partner has too.

    Example: bongsu match ask payroll.csv --partner acme --round 2026-11 --into question.json
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.match import Exchange, ask_match
    from bongsu.share.match_rule import MATCH_KINDS

    exchange = Exchange(folder=folder, partner=partner)
    kinds = kind or list(MATCH_KINDS)
    print_match(ask_match(exchange, identifiers, into, round_id=round_id, kinds=kinds, reveal=reveal))


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
