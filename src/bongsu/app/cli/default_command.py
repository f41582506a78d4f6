"""A group of commands that may be called without naming the one that is meant most."""

from typing import Any

from typer.core import TyperGroup


class DefaultCommand(TyperGroup):
    """`bongsu GROUP FILE...` is `bongsu GROUP run FILE...`."""

    default = "run"
    """Command that is meant where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Arguments left for the command."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [self.default, *args]
        return super().parse_args(ctx, args)
