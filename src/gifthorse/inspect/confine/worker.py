"""A confined worker: gives everything up, says what held, then does what it is told until its channel closes."""

from collections.abc import Sequence

import msgspec

from gifthorse.inspect.confine import landlock, limits, seccomp
from gifthorse.inspect.confine.messages import TASKS, Held, Setup, read_frame, write_frame
from gifthorse.inspect.parts import join
from gifthorse.model.inspections import SourceKind


def serve(channel: int, source: int, further: Sequence[int] = ()) -> None:
    """Every task that came over *channel* about the open *source*, which goes on in *further* files, is answered."""
    body = read_frame(channel)
    if body is None:
        return
    setup = msgspec.msgpack.decode(body, type=Setup)
    from gifthorse.inspect.duties import Duties

    parts = len(setup.further_sizes)
    if parts:
        first = setup.size - sum(setup.further_sizes)
        join(source, [(source, first), *zip(further[:parts], setup.further_sizes, strict=True)])
    if setup.relative_sizes:
        from gifthorse.inspect.content import FileContent
        from gifthorse.inspect.unpack.vhd import lies_beside

        lies_beside([FileContent(one, size) for one, size in zip(further[parts:], setup.relative_sizes, strict=True)])
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
    if limits.set_limits(
        setup.address_space or limits.ADDRESS_SPACE, limits.DESCRIPTORS + len(setup.further_sizes) + len(setup.relative_sizes)
    ):
        held.append("rlimits")
    if landlock.restrict(source if opens_files else None):
        held.append("landlock")
    if seccomp.restrict(opens_files=opens_files):
        held.append("seccomp")
    else:
        limits.forbid_processes()
    return tuple(held)
