"""Click in Italian: help, usage and mistakes. Knows no command.

Click takes its words from the catalogue of the machine's language; people here read Italian on any machine,
so the few sentences that they may meet are written in this file.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, cast

import click

HELP_OPTION = {"help_option_names": ["-h", "--aiuto", "--help"]}


class ItalianCommand(click.Command):
    """A command whose help is Italian from the first word to the last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[OPZIONI]", "context_settings": HELP_OPTION, **kwargs})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`Uso:` for `Usage:`."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Uso: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`Opzioni` for `Options`."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Opzioni"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option with its own sentence in Italian."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Mostra questo aiuto."
        return option


class WholeNumber(click.ParamType[int]):
    """A whole number between two others, both good; what is wrong with another is said in Italian."""

    name = "numero"

    def __init__(self, lowest: int, highest: int) -> None:
        self._lowest, self._highest = lowest, highest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was typed."""
        with suppress(ValueError):
            if self._lowest <= (number := int(value)) <= self._highest:
                return number
        return self.fail(f"scrivi un numero intero da {self._lowest} a {self._highest}", param, ctx)


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command is, and what the list says of it: so the list need not import it."""

    module: str
    short_help: str


class ItalianGroup(ItalianCommand, click.Group):
    """Commands that are imported only when they are called."""

    def __init__(self, *args: Any, lazy: Mapping[str, Lazy], **kwargs: Any) -> None:
        super().__init__(*args, subcommand_metavar="COMANDO …", **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the table."""
        del ctx
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        del ctx
        if cmd_name not in self._lazy:
            return None
        return cast("click.Command", import_module(self._lazy[cmd_name].module).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; an unknown one is told with the nearest."""
        if args[0] not in self._lazy and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], get_close_matches(args[0], self._lazy, n=1), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list, from the table alone."""
        with formatter.section("Comandi"):
            formatter.write_dl([(name, self._lazy[name].short_help) for name in self.list_commands(ctx)])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class NoSuchCommand(click.UsageError):
    """The first word is no command of ours."""

    def __init__(self, written: str, nearest: Sequence[str], ctx: click.Context) -> None:
        super().__init__(f"non conosco il comando «{written}»{_perhaps(nearest)}", ctx)


def in_italian(error: click.ClickException) -> str:
    """What was wrong with the command line, in one sentence, and where to read more."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "dopovisita"
    return f"{_sentence(error)}. Per l'aiuto: {command} --aiuto"


def _sentence(error: click.ClickException) -> str:
    match error:
        case NoSuchCommand():
            return error.message
        case click.NoSuchOption():
            return f"non conosco l'opzione {error.option_name}{_perhaps(error.possibilities or ())}"
        case click.BadOptionUsage():
            return f"l'opzione {error.option_name} non va scritta così"
        case click.MissingParameter():
            return f"manca {_name(error.param)}"
        case click.BadParameter():
            return f"il valore di {_name(error.param)} non va bene: {error.message}"
        case click.UsageError():
            return "ci sono parole di troppo, o non al loro posto"
    return error.format_message()


def _perhaps(nearest: Sequence[str]) -> str:
    return f": forse volevi scrivere {nearest[0]}" if nearest else ""


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.human_readable_name) if param else "un valore"
