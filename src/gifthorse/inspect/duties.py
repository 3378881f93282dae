"""What a confined worker does: reads the layout, walks a filesystem, examines files, correlates what all workers met."""

import hashlib
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from gifthorse.inspect import registry
from gifthorse.inspect.alarm import TimeUp, alarm_clock, allowed_seconds
from gifthorse.inspect.confine.messages import DeviceFiles, Part, Setup, Target, Task
from gifthorse.inspect.content import HEAD_BYTES, Digest, FileContent
from gifthorse.inspect.detectors.parser_crashed import crashed
from gifthorse.inspect.examine import Examiner, Place
from gifthorse.inspect.facts import USB_DEVICES, Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Content, shown
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.reading import read_layout
from gifthorse.inspect.outcomes import Outcomes
from gifthorse.inspect.usb.inspecting import Result, examine_usb, examine_usb_folder
from gifthorse.inspect.usb.reading import is_usb
from gifthorse.inspect.volumes import Volumes
from gifthorse.inspect.walk.entries import EncryptedVolume
from gifthorse.inspect.walk.folder import FolderReader
from gifthorse.inspect.whole_image import second_kind_of
from gifthorse.model.errors import Unreadable
from gifthorse.model.inspections import NotInspected, Reason, SourceKind
from gifthorse.model.words import N_, phrase

_ONE_FILE: Final = frozenset({SourceKind.FILE, SourceKind.MAIL, SourceKind.USB})
_MOST_USB_BYTES: Final = 128 * 1024 * 1024


class Duties:
    """Does one task after the other about one source."""

    def __init__(self, channel: int, source: int, setup: Setup) -> None:
        self._channel = channel
        self._source = source
        self._setup = setup
        self._folder = FolderReader(source)
        self._medium = FileContent(source, setup.size, on_medium=setup.kind in {SourceKind.IMAGE, SourceKind.DEVICE})
        self._volumes = Volumes(source, self._medium)

    def do(self, task: Task) -> None:
        """The task's answer is sent."""
        outcomes = Outcomes(self._channel, task.number)
        duty: Callable[[Task, Outcomes], None] = {
            "layout": self._read_layout,
            "walk": self._walk,
            "walk again": self._walk_again,
            "examine": self._examine,
            "devices": self._examine_devices,
            "correlate": self._correlate,
            "digest": self._digest,
        }[task.duty]
        duty(task, outcomes)
        outcomes.send(done=True)

    def _read_layout(self, _task: Task, outcomes: Outcomes) -> None:
        began = time.perf_counter_ns()
        layout = read_layout(self._medium, outcomes.alive)
        outcomes.spent(Part.LAYOUT, began)
        for finding in layout.findings:
            outcomes.found(finding)
        if self._setup.kind is SourceKind.IMAGE and not self._setup.inventory:
            Examiner(outcomes).guarded("second kind", Place(path="", untrusted_name=""), partial(self._look_at_whole, outcomes))
        outcomes.send(partitions=layout.partitions, ranges=layout.ranges)

    def _look_at_whole(self, outcomes: Outcomes) -> None:
        for finding in second_kind_of(self._medium):
            outcomes.found(finding)

    def _walk(self, task: Task, outcomes: Outcomes) -> None:
        partition = task.partition
        assert partition is not None
        began = time.perf_counter_ns()
        try:
            for met in self._volumes.walk(partition, outcomes.alive):
                if isinstance(met, Target):
                    outcomes.met(met)
                else:
                    outcomes.found(met)
        except Unreadable as error:
            reason = Reason.ENCRYPTED if isinstance(error, EncryptedVolume) else Reason.UNSUPPORTED
            outcomes.unseen(NotInspected(path=name_of(partition), reason=reason, detail=trouble_of(error)))
        outcomes.spent(Part.WALK, began)

    def _walk_again(self, task: Task, outcomes: Outcomes) -> None:
        assert task.partition is not None
        for target in self._volumes.walk_again(task.partition):
            outcomes.met(target)

    def _examine(self, task: Task, outcomes: Outcomes) -> None:
        examiner = self._examiner(outcomes)
        partitions = {partition.index: partition for partition in task.partitions}
        with alarm_clock() as set_alarm:
            for position, target in enumerate(task.targets):
                seconds = allowed_seconds(target.size, self._setup.item_seconds)
                try:
                    set_alarm(seconds)
                    self._examine_one(target, examiner, outcomes, partitions)
                    set_alarm(0)
                except TimeUp:
                    set_alarm(0)
                    place = examiner.looking_at or _place(target)
                    examiner.gave_up(place, f"it took longer than {seconds:.0f} s")
                    examiner.looking_at = None
                outcomes.finished(position)

    def _examiner(self, outcomes: Outcomes) -> Examiner:
        if not self._setup.safe_copy:
            return Examiner(outcomes, self._setup.passwords, inventory=self._setup.inventory, digests=self._setup.digests)
        from gifthorse.inspect.safe_copy.copier import Copier

        return Copier(outcomes, self._setup.passwords)

    def _examine_one(self, target: Target, examiner: Examiner, outcomes: Outcomes, partitions: dict[int, Partition]) -> None:
        place = _place(target)
        if target.folder or target.link is not None:
            outcomes.seen(_listed(target))
            return
        try:
            if target.partition is None and self._setup.kind in _ONE_FILE:
                place.is_mail = self._setup.kind is SourceKind.MAIL
                self._listen_for_usb(place, examiner, outcomes)
                examiner.examine(self._medium, place)
            elif self._setup.kind is SourceKind.FOLDER:
                with self._folder.opened(target.raw_path) as content:
                    examiner.examine(content, place)
            else:
                examiner.examine(self._content(target, partitions), place)
        except (OSError, Unreadable) as error:
            examiner.could_not_read(place, target.size, trouble_of(error))

    def _listen_for_usb(self, place: Place, examiner: Examiner, outcomes: Outcomes) -> None:
        """A source that describes USB devices, or is said to, is read as such too; the place then says how many devices there are."""
        recognised = self._setup.kind is SourceKind.FILE and self._setup.recognised
        if self._setup.kind is SourceKind.USB or (recognised and is_usb(self._medium.read(0, HEAD_BYTES), self._setup.size)):
            examiner.guarded("usb", place, partial(self._read_usb, place, outcomes))

    def _read_usb(self, place: Place, outcomes: Outcomes) -> None:
        body = self._medium.read(0, _MOST_USB_BYTES)
        if len(body) < self._medium.size:
            outcomes.unseen(NotInspected(path=place.path, reason=Reason.BUDGET, detail=f"only its first {len(body)} bytes were read"))
        place.about[USB_DEVICES] = str(_told(examine_usb(body, place.path), outcomes))

    def _examine_devices(self, task: Task, outcomes: Outcomes) -> None:
        examiner = Examiner(outcomes)
        for device in task.devices:
            place = Place(path=device.path, untrusted_name=device.path)
            examiner.guarded("usb", place, partial(_read_device, device, place, outcomes))
            body = b"".join(device.files[name] for name in sorted(device.files))
            outcomes.seen(
                Seen(
                    path=device.path,
                    size=len(body),
                    filetype=FileType.DATA if body else FileType.EMPTY,
                    sha256=hashlib.sha256(body).hexdigest(),
                    about=place.about,
                )
            )

    def _content(self, target: Target, partitions: dict[int, Partition]) -> Content:
        if target.partition is None:
            return self._medium
        return self._volumes.content(target, partitions)

    def _correlate(self, task: Task, outcomes: Outcomes) -> None:
        began = time.perf_counter_ns()
        for name, examine_medium in registry.medium_detectors(task.partitions):
            try:
                for finding in examine_medium(task.seen):
                    outcomes.found(finding)
            except Exception as error:  # noqa: BLE001 - one detector's failure is told and does not silence the others
                detail = phrase(N_("The reader “{reader}” stopped: {error}."), reader=name, error=shown(repr(error)))
                outcomes.found(crashed("", None, detail))
        outcomes.spent(Part.CORRELATE, began)

    def _digest(self, task: Task, outcomes: Outcomes) -> None:
        """The digests of files in which nothing was found by itself, and which a finding about the whole medium names."""
        partitions = {partition.index: partition for partition in task.partitions}
        for position, target in enumerate(task.targets):
            try:
                digest = Digest(self._content(target, partitions))()
            except (OSError, Unreadable):  # that it can't be read was told when it was examined
                digest = None
            if digest is not None:
                outcomes.send(digests={position: digest})


def _read_device(device: DeviceFiles, place: Place, outcomes: Outcomes) -> None:
    place.about[USB_DEVICES] = str(_told(examine_usb_folder(device.files, device.path), outcomes))


def _told(result: Result, outcomes: Outcomes) -> int:
    """The number of devices in *result*, the rest of which is in *outcomes*."""
    findings, gaps, devices = result
    for finding in findings:
        outcomes.found(finding)
    for gap in gaps:
        outcomes.unseen(gap)
    return devices


def trouble_of(error: OSError | Unreadable) -> str:
    """What *error* says, without the paths that it was told."""
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return shown(str(error))


def name_of(partition: Partition) -> str:
    """How a partition is named where something about all of it is said."""
    return f"(partition {partition.index})"


def _place(target: Target) -> Place:
    return Place(
        path=target.path,
        untrusted_name=os.fsdecode(target.raw_name),
        partition=target.partition,
        attributes=frozenset(target.attributes),
        modified=target.modified,
    )


def _listed(target: Target) -> Seen:
    """A folder or link: there is nothing to read in it."""
    return Seen(
        path=target.path,
        size=0,
        filetype=FileType.EMPTY,
        partition=target.partition,
        folder=target.folder,
        deleted="deleted" in target.attributes,
        hidden="hidden" in target.attributes,
        modified=target.modified,
        about={} if target.link is None else {"link-target": shown(os.fsdecode(target.link))},
    )
