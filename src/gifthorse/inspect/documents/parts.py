"""What documents carry inside, handed out to be inspected like files of their own.

The opener of containers (`unpack.opening.members`) calls ``document_members(item, budget)`` for each item whose type is in
``DOCUMENT_TYPES`` and passes on what comes: Members, and NotInspected where a document is encrypted, damaged or beyond its limits.
Packages (docx, odt, …) are ZIP files and opened as such; only what a ZIP reader can't see in them is said here.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile, compound_of
from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.encryption import encryption_of, opened_with
from gifthorse.inspect.documents.mail import mail_of, messages_in
from gifthorse.inspect.documents.message import is_message, message_of
from gifthorse.inspect.documents.objects import embedded_in, object_streams, ole1_object, unpackaged
from gifthorse.inspect.documents.onenote import files_in_notebook, is_from_cloud
from gifthorse.inspect.documents.pdf import attached, pdf_of, qpdf
from gifthorse.inspect.documents.preload import preload
from gifthorse.inspect.documents.rtf import rtf_of
from gifthorse.inspect.documents.slides import objects_in, presentation_stream
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, FileType
from gifthorse.inspect.item import Item, TooLarge
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Opened, gathered, inside, member, unread
from gifthorse.model.inspections import Reason

DOCUMENT_TYPES: Final = OLE_DOCUMENTS | {
    FileType.OLE_ENCRYPTED_OFFICE,
    FileType.ODF,
    FileType.RTF,
    FileType.PDF,
    FileType.ONENOTE,
    FileType.EML,
    FileType.MBOX,
    FileType.MSG,
}
MOST_PASSWORDS: Final = 50
__all__ = ["DOCUMENT_TYPES", "document_members", "preload"]


def document_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The files inside the document *item*; raises BudgetExceeded when they come to more than *budget* allows."""
    parts = _PARTS.get(item.filetype)
    if parts is not None:
        yield from parts(item, budget)
    elif item.filetype in OLE_DOCUMENTS or item.filetype is FileType.OLE_ENCRYPTED_OFFICE:
        yield from compound_parts(item, budget)


def enclosed(untrusted_name: str, content: bytes, budget: Budget) -> Opened:
    """One member that holds *content*, counted against *budget*."""
    budget.member()
    held, _damage = gathered([content], budget)
    return member(untrusted_name, held)


def compound_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The files packed into a binary document, what lies beneath its encryption, and what couldn't be read."""
    compound = compound_of(item)
    if compound is None:
        yield unread(item.path, Reason.UNREADABLE, "not a compound file that can be read")
        return
    if item.filetype is FileType.OLE and is_message(item):
        yield from message_parts(item, budget)
        return
    if encryption_of(item) is not None:
        yield from decrypted(item, budget)
        return
    for position, content in enumerate(objects_in(presentation_stream(compound)), 1):
        yield enclosed(f"object-{position}.ole", content, budget)
    for embedded in embedded_in(compound):
        if embedded.content:
            yield enclosed(embedded.untrusted_name or embedded.place.replace("\x01", ""), embedded.content, budget)
    yield from unreadable_streams(item, compound)


def unreadable_streams(item: Item, compound: CompoundFile) -> Iterator[Opened]:
    """The streams with files in them that could not be read."""
    for path in object_streams(compound):
        try:
            compound.read(path)
        except DamagedDocument as damage:
            yield unread(inside(item, "/".join(path).replace("\x01", "")), Reason.UNREADABLE, str(damage))


def decrypted(item: Item, budget: Budget) -> Iterator[Opened]:
    """The document beneath the encryption, with a password that office tries by itself or one that was given."""
    encryption = encryption_of(item)
    opened = (encryption.opened if encryption else None) or opened_with(item, budget.passwords)
    if opened is None:
        yield unread(item.path, Reason.ENCRYPTED, "the document needs a password")
    else:
        yield enclosed("decrypted", opened, budget)


def package_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """What a ZIP reader can't see of an OpenDocument package: that its parts are encrypted."""
    if encryption_of(item) is not None:
        yield from decrypted(item, budget)


def rich_text_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The objects of a rich text."""
    text = rtf_of(item)
    if text.unread:
        yield unread(item.path, Reason.BUDGET, "a rich text too large to be held in memory")
    for position, found in enumerate(text.objects, 1):
        class_name, native = ole1_object(found.content)
        name, content = unpackaged(native) if "package" in (class_name + found.class_name).lower() else ("", native)
        if content:
            yield enclosed(name or f"object-{position}.ole", content, budget)


def pdf_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The attachments of a PDF, or the PDF itself once a given password opens it."""
    facts = pdf_of(item)
    if facts.needs_password:
        opened = pdf_opened_with(item, budget.passwords)
        yield enclosed("decrypted.pdf", opened, budget) if opened else unread(item.path, Reason.ENCRYPTED, "the PDF needs a password")
    if facts.damaged:
        yield unread(item.path, Reason.UNREADABLE, facts.damaged[:200])
    if facts.more_objects:
        yield unread(item.path, Reason.BUDGET, f"{facts.more_objects} more objects")
    for attachment in facts.attachments:
        content = attached(attachment)
        name = attachment.untrusted_name or attachment.place
        yield unread(inside(item, name), Reason.UNREADABLE, "can't be decoded") if content is None else enclosed(name, content, budget)


def pdf_opened_with(item: Item, passwords: tuple[str, ...]) -> bytes | None:
    """The PDF without its encryption; None when no password fits."""
    pikepdf = qpdf()
    for password in passwords[:MOST_PASSWORDS]:
        opened = BytesIO()
        try:
            with pikepdf.open(item.content.open(), password=password) as pdf:
                pdf.save(opened)
        except (*FORMAT_ERRORS, pikepdf.PasswordError, pikepdf.PdfError):
            continue
        return opened.getvalue()
    return None


def notebook_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The files in a notebook."""
    try:
        found = files_in_notebook(item)
    except TooLarge:
        yield unread(item.path, Reason.BUDGET, "a notebook too large to be held in memory")
        return
    for file in found:
        yield enclosed(file.untrusted_name, file.content, budget)
    if is_from_cloud(item):
        yield unread(item.path, Reason.UNSUPPORTED, "a notebook in the form of the cloud, of whose files only the names are read")


def mail_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The parts of a mail that are files or pages."""
    mail = mail_of(item)
    if mail.unread:
        yield unread(item.path, Reason.BUDGET if mail.too_large else Reason.UNREADABLE, mail.unread)
    for attachment in mail.attachments:
        yield enclosed(attachment.untrusted_name or "attachment", attachment.content, budget)


def mailbox_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The mails of a mailbox."""
    try:
        for position, content in enumerate(messages_in(item), 1):
            yield enclosed(f"message-{position}.eml", content, budget)
    except TooLarge:
        yield unread(item.path, Reason.BUDGET, "a mailbox too large to be held in memory")


def message_parts(item: Item, budget: Budget) -> Iterator[Opened]:
    """The attachments of an Outlook message."""
    message = message_of(item)
    if message.unread:
        yield unread(item.path, Reason.UNREADABLE, message.unread)
    for attachment in message.attachments:
        yield enclosed(attachment.untrusted_name or "attachment", attachment.content, budget)


_PARTS: Final[dict[FileType, Callable[[Item, Budget], Iterator[Opened]]]] = {
    FileType.ODF: package_parts,
    FileType.RTF: rich_text_parts,
    FileType.PDF: pdf_parts,
    FileType.ONENOTE: notebook_parts,
    FileType.EML: mail_parts,
    FileType.MBOX: mailbox_parts,
    FileType.MSG: message_parts,
}
