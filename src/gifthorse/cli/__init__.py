"""The command line: one file per verb. A verb's module has `run` (a command) or `app` (a group of commands); what is heavy it imports
only when it runs, so that help comes at once.

Exit status: 0 done, nothing to worry about; 1 done, and there is something to act on; 2 could not do it, with one line that says
what to do next.
"""

import io
import os
import shlex
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import typer

from gifthorse.cli.speech import N_, _
from gifthorse.model.errors import GifthorseError

VERBS: Final = (
    "inspect",
    "assess",
    "desk",
    "verify",
    "checkpoint",
    "backup",
    "restore",
    "doctor",
)  # in the order of the help; a module of this package each
COULD_NOT: Final = 2
STOPPED: Final = N_("Stopped. Nothing was kept.")
_INTERRUPTED: Final = 130  # Typer's word for Ctrl-C


def main() -> None:
    """The command line is obeyed, and the process has ended with its status."""
    sys.exit(obey(sys.argv[1:]))


def obey(arguments: list[str]) -> int:
    """The exit status of the command in *arguments*; what it has to say is printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the terminal's encoding lacks is written out, not refused
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
    except BrokenPipeError:  # who was reading has had enough; Python would complain once more while it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return COULD_NOT
    except (typer.TyperException, typer.Abort, GifthorseError, OSError, KeyboardInterrupt) as error:
        return _fail(_reason(error))
    return _fail(STOPPED) if status == _INTERRUPTED else status


def _run(arguments: list[str]) -> int:
    if not arguments:
        _command()(["--help"], prog_name="gifthorse", standalone_mode=False)
        return COULD_NOT
    typed = f"gifthorse {shlex.join(arguments)}"  # which a verb finds as its context's object
    status = _command()(arguments, prog_name="gifthorse", standalone_mode=False, obj=typed)
    sys.stdout.flush()
    return status if isinstance(status, int) else 0


def _reason(error: BaseException) -> str:
    """What went wrong and what to do next, in one line."""
    if isinstance(error, typer.TyperException):
        return f"{error.format_message()} {_(N_('Help: gifthorse --help'))}"
    if isinstance(error, GifthorseError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or _(N_('The system'))}: {error.strerror or error}"
    return STOPPED


def _command() -> Callable[..., object]:
    return typer.main.get_command(_application())


def _application() -> typer.Typer:
    application = typer.Typer(
        help="A counter-espionage desk for organisations that have no intelligence service of their own.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 120},
    )
    application.callback()(_whole)
    for verb in VERBS:
        module = import_module(f"gifthorse.cli.{verb}")
        if hasattr(module, "app"):
            application.add_typer(module.app, name=verb)
        else:
            application.command(verb)(module.run)
    return application


def _whole() -> None:
    """Keeps a single verb a verb: without this, Typer would make it the whole program."""


def _fail(reason: str) -> int:
    """Says *reason* in one line on standard error; the status of a command that could not do it."""
    print(" ".join(f"gifthorse: {_(reason)}".split()), file=sys.stderr)
    return COULD_NOT


def help_of_every_command() -> dict[str, str]:
    """Each command, by what one types, with its help as the program prints it 100 columns wide."""
    texts: dict[str, str] = {}

    def gather(command: Any, path: str) -> None:
        context = command.context_class(command, info_name=path, terminal_width=100, help_option_names=["--help", "-h"])
        with context:
            texts[path] = command.get_help(context)
        for name, child in getattr(command, "commands", {}).items():
            gather(child, f"{path} {name}")

    gather(typer.main.get_command(_application()), "gifthorse")
    return texts
