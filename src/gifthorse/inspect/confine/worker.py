"""A confined worker: gives everything up, says what held, then does what it is told until its channel closes."""

import msgspec

from gifthorse.inspect.confine import landlock, limits, seccomp
from gifthorse.inspect.confine.messages import TASKS, Held, Setup, read_frame, write_frame
from gifthorse.model.inspections import SourceKind


def serve(channel: int, source: int) -> None:
    """Every task that came over *channel* about the open *source* is answered."""
    body = read_frame(channel)
    if body is None:
        return
    setup = msgspec.msgpack.decode(body, type=Setup)
    from gifthorse.inspect.duties import Duties

    duties = Duties(channel, source, setup)
    write_frame(channel, Held(confinement=confine(source, setup)))
    while (body := read_frame(channel)) is not None:
        duties.do(TASKS.decode(body))


def confine(source: int, setup: Setup) -> tuple[str, ...]:
    """The names of the confinements that hold from here on."""
    opens_files = setup.kind is SourceKind.FOLDER
    held = []
    if limits.refuse_new_privileges():
        held.append("no_new_privs")
    limits.drop_capabilities(keep_reading=opens_files)
    if limits.set_limits(setup.address_space or limits.ADDRESS_SPACE):
        held.append("rlimits")
    if landlock.restrict(source if opens_files else None):
        held.append("landlock")
    if seccomp.restrict(opens_files=opens_files):
        held.append("seccomp")
    else:
        limits.forbid_processes()
    return tuple(held)
