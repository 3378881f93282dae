"""`gifthorse desk`: the web desk, with everything that it needs to start."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def run(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")] = 8000,
    data: Annotated[Path, typer.Option(envvar="GIFTHORSE_DATA", metavar="DIR", help="The folder that holds everything.")] = Path("data"),
    demo: Annotated[bool, typer.Option("--demo", help="Load the demonstration organisation into a new data folder.")] = False,
    address: Annotated[str, typer.Option(envvar="GIFTHORSE_ADDRESS", help="The address to listen on.")] = "127.0.0.1",
) -> int:
    """Serve the web desk until Ctrl-C; the first start makes the data folder, the keys and the tables."""
    os.environ["GIFTHORSE_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gifthorse.desk.settings")
    from gifthorse.desk import serving, starting

    serving.require_free_port(address, port)
    starting.make_folders(data.resolve())
    starting.set_up()
    lines = starting.demonstration() if demo else starting.first_administrator()

    def announce() -> None:
        place = "localhost" if address == "127.0.0.1" else address
        print(f"gifthorse is at http://{place}:{port}/ (Ctrl-C ends it)", *lines, sep="\n")
        sys.stdout.flush()

    return serving.serve(address, port, announce)
