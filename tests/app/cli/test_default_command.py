import typer
from typer.testing import CliRunner

from bongsu.app.cli.default_command import DefaultCommand

app = typer.Typer(cls=DefaultCommand, no_args_is_help=True)


@app.command()
def run(name: str) -> None:
    """Says the name."""
    typer.echo(f"run {name}")


@app.command()
def other() -> None:
    """Says that it is another."""
    typer.echo("other")


def test_the_command_that_is_meant_most_need_not_be_named():
    said = [CliRunner().invoke(app, args).output for args in (["x"], ["run", "x"], ["other"])]
    assert said == ["run x\n", "run x\n", "other\n"]
    assert "Says the name" in CliRunner().invoke(app, ["--help"]).output
