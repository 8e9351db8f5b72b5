"""The command ``zhanggui``: its table of contents, and what happens when something goes wrong."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from types import MappingProxyType, ModuleType
from typing import NoReturn

import click

from zhanggui import __version__
from zhanggui.cli.terminal import report_bug, report_error
from zhanggui.errors import ZhangguiError

WRONG_USE = 2
INTERRUPTED = 130
DEBUG = "--debug"

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "demo": ("demo", "A simulated shop, loaded and opened in the browser."),
        "init": ("init", "Make a new shop directory."),
        "load": ("load", "Recognise, check and import export files."),
        "map": ("map", "Say what the columns of an unknown file are; keep that for the next one."),
        "query": ("query", "Ask metrics of the ledger."),
        "explain": ("explain", "Say why a metric moved: drivers, segments, noise, doubts about the data."),
        "alerts": ("alerts", "Say what is not as it should be; keep who looks after it and what came of it."),
        "report": ("report", "Report a day, a week or a month; send it; have it told by itself."),
        "patrol": ("patrol", "Walk the stores: what needs doing, with its money and its rows."),
        "finance": ("finance", "Profit and loss, cash, fees, advertising, creators, budgets."),
        "metrics": ("metrics", "List metrics, or show the definition of one."),
        "customers": ("customers", "People: segments, lifecycle, repurchase, cohorts."),
        "products": ("products", "Goods: what sells, with what, and for how much."),
        "inventory": ("inventory", "Stock: balances, health, what to move, order and clear."),
        "traffic": ("traffic", "Channels, paths and what they brought."),
        "simulate": ("simulate", "Write a simulated shop: export files, and the truth behind them."),
        "score": ("score", "Hold what is reported of a simulated shop against its truth."),
        "serve": ("serve", "Open the workbench in the browser."),
        "collect": ("collect", "Take events in from sites and apps; make the keys that they send with."),
        "channels": ("channels", "Send messages to chat robots, mail and receivers of your own."),
        "batches": ("batches", "List imported files; move one to another store."),
        "quarantine": ("quarantine", "List rows kept apart; replay them after a fix."),
        "check": ("check", "Prove that the ledger keeps its promises."),
        "cluster": ("cluster", "Ask the same metrics on a cluster: start one, publish a ledger."),
        "reconcile": ("reconcile", "Hold orders, settlement ledgers, wallets and ERP against each other."),
    }
)
"""Name of each command to its module in this package and its line of help, so that help loads no module."""


class _WithoutPandas(MetaPathFinder):
    """Says that pandas is not there: pyarrow loads it wherever it can, a second of every start, and nothing uses it."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /) -> None:
        """Refuse pandas and leave every other module to the finders behind."""
        if fullname == "pandas":
            raise ModuleNotFoundError("the command line runs without pandas", name=fullname)


class Contents(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"zhanggui.cli.commands.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of contents from the list above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Contents, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="zhanggui")
@click.option(DEBUG, is_flag=True, help="Show the trace of unexpected errors; may stand anywhere.")
def zhanggui(debug: bool) -> None:
    """Run an online shop on data: from platform exports to exact numbers."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        Arguments after the program's name; those of the process when absent.
    """
    logging.captureWarnings(True)
    sys.meta_path.insert(0, _WithoutPandas())
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 found a problem, 2 wrong use or bad input."""
    words = [word for word in arguments if word != DEBUG]
    try:
        outcome = zhanggui.main(args=words, prog_name="zhanggui", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except ZhangguiError as error:
        report_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (such as `head`) has left; what remains has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place that can turn any error into words
        report_bug(error, with_trace=DEBUG in arguments)
        return WRONG_USE
    return outcome if isinstance(outcome, int) else 0
