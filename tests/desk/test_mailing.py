"""Mails of the desk: neutral words, a folder or the house's server; the mailbox for invitations, over a small server on this machine."""

import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from gifthorse.desk.mailbox import AT_ONCE, Fetched, LeftUnread, Mailbox, fetch
from gifthorse.desk.outgoing import Server, sender, written
from gifthorse.desk.report_jobs import Waits
from gifthorse.procedures.send_notices import Mail
from gifthorse.procedures.take_mail import Taken

MAIL = Mail(to="somebody@example.org", number=3, urgent=False)
FOLDER = Server(host="", port=587, security="none", user="", password_file="", sender="desk@example.org", desk="https://desk.example.org")


def test_a_mail_names_nothing_but_its_readers_address_and_the_desk():
    text = written(MAIL, FOLDER).as_string()
    body = written(MAIL, FOLDER).get_content()
    assert "3 things wait for you at the desk." in body
    assert "https://desk.example.org" in body
    assert text.count("somebody@example.org") == 1
    for word in ("report", "pressure", "trip", "person-", "debrief"):
        assert word not in text.lower()


def test_an_urgent_mail_asks_to_look_now_and_says_as_little():
    message = written(Mail(to="a@example.org", number=1, urgent=True), FOLDER)
    assert message["Subject"] == "Please look in at the desk now"
    assert message["Auto-Submitted"] == "auto-generated"


def test_without_a_server_mails_are_laid_into_a_folder_for_this_user_alone(settings, tmp_path):
    settings.GIFTHORSE_DATA = tmp_path
    send = sender(FOLDER)
    send(MAIL)
    send(MAIL)
    files = sorted((tmp_path / "outgoing").iterdir())
    assert len(files) == 2
    assert all(path.suffix == ".eml" and path.stat().st_mode & 0o077 == 0 for path in files)
    assert message_from_bytes(files[0].read_bytes(), policy=default)["To"] == "somebody@example.org"


class Lines:
    """A server on this machine that answers one line after the other, and keeps what it was told."""

    def __init__(self, greet: str, answer) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.heard: list[str] = []
        self._greet, self._answer = greet, answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        link, _address = self._listener.accept()
        with link, link.makefile("rwb") as file:
            file.write(self._greet.encode() + b"\r\n")
            file.flush()
            for raw in file:
                line = raw.decode().rstrip("\r\n")
                self.heard.append(line)
                answer = self._answer(line)
                file.write(answer)
                file.flush()
                if b"BYE" in answer or answer.startswith(b"221"):
                    return

    def close(self) -> None:
        self._listener.close()
        self._thread.join(5)


def smtp(line: str) -> bytes:
    line = line.upper()
    if line.startswith("EHLO"):
        return b"250 here\r\n"
    if line == "DATA":
        return b"354 go on\r\n"
    if line == ".":
        return b"250 kept\r\n"
    if line == "QUIT":
        return b"221 bye\r\n"
    return b"250 fine\r\n" if line.startswith(("MAIL", "RCPT")) else b""


@pytest.mark.enable_socket
def test_with_a_server_mails_go_through_it():
    server = Lines("220 here", smtp)
    settings = Server(host="127.0.0.1", port=server.port, security="none", user="", password_file="", sender="desk@example.org", desk="")
    sender(settings)(MAIL)
    server.close()
    assert any(line.upper() == "RCPT TO:<SOMEBODY@EXAMPLE.ORG>" for line in server.heard)
    assert "3 things wait for you at the desk." in server.heard


@pytest.mark.enable_socket
def test_a_server_that_is_not_there_is_told_as_a_failure():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = Server(host="127.0.0.1", port=port, security="none", user="", password_file="", sender="desk@example.org", desk="")
    with pytest.raises(OSError, match="refused"):
        sender(settings)(MAIL)


class Imap:
    """What a mail server answers: three unread mails, one of them too large."""

    MAILS = {"7": b"From: ours@example.org\r\n\r\nhello", "8": b"From: x@elsewhere.example\r\n\r\nbuy", "9": b"big"}

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, line: str) -> bytes:
        tag, _space, rest = line.partition(" ")
        done = f"{tag} OK done\r\n".encode()
        words = rest.split()
        if rest == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n" + done
        if words[0] == "SELECT":
            return b"* 3 EXISTS\r\n" + done
        if words[:2] == ["UID", "SEARCH"]:
            return b"* SEARCH 7 8 9\r\n" + done
        if words[:2] == ["UID", "FETCH"]:
            uid = words[2]
            if "SIZE" in rest:
                size = 10**9 if uid == "9" else len(self.MAILS[uid])
                return f"* 1 FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode() + done
            body = self.MAILS[uid]
            return f"* 1 FETCH (UID {uid} BODY[] {{{len(body)}}}\r\n".encode() + body + b")\r\n" + done
        if words[:2] == ["UID", "STORE"]:
            self.seen.append(words[2])
            return done
        return (b"* BYE\r\n" if rest == "LOGOUT" else b"") + done


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[tuple[Imap, Mailbox]]:
    answers = Imap()
    server = Lines("* OK ready", answers)
    password = tmp_path / "password"
    password.write_text("a quiet word\n", encoding="utf-8")
    yield answers, Mailbox(host="127.0.0.1", port=server.port, security="none", user="desk", password_file=str(password), folder="INBOX")
    server.close()


@pytest.mark.enable_socket
def test_mails_of_ours_are_taken_and_read_and_those_of_strangers_stay_unread_and_are_counted(mailbox):
    answers, settings = mailbox
    taken = []

    def take(mail: bytes) -> Taken:
        taken.append(mail)
        return Taken.CHECKED if b"ours@" in mail else Taken.STRANGER

    assert fetch(settings, take) == Fetched(checked=1, strangers=1, too_large=1)
    assert taken == [Imap.MAILS["7"], Imap.MAILS["8"]]
    assert answers.seen == ["7"]


def test_mails_left_unread_do_not_keep_others_from_being_looked_at_and_take_turns():
    left = LeftUnread()
    unread = [str(uid) for uid in range(1, 2 * AT_ONCE + 1)]
    for uid in left.in_turn(unread):
        left.note(uid)
    second = left.in_turn(unread)
    assert second == unread[AT_ONCE:]
    for uid in second:
        left.note(uid)
    third = left.in_turn([*unread, "new"])
    assert third == ["new", *unread[: AT_ONCE - 1]]
    left.note(unread[0])
    assert left.in_turn(unread)[0] == unread[1]
    assert left.in_turn(["7"]) == ["7"]


@pytest.mark.enable_socket
def test_a_mail_that_is_held_is_read_as_well(mailbox):
    answers, settings = mailbox
    assert fetch(settings, lambda _mail: Taken.HELD) == Fetched(held=2, too_large=1)
    assert answers.seen == ["7", "8"]


def test_who_could_not_be_reached_is_tried_less_and_less_often():
    waits = Waits(seconds=900.0)  # an hour is four looks
    tried = []
    for _look in range(20):
        out = waits.not_yet()
        if "person-1" not in out:
            tried.append(_look)
            waits.note(("person-1",))
        else:
            waits.note(())
    assert tried == [0, 4, 8, 12, 16]
    waits.note(())
    assert Waits().not_yet() == frozenset()


def test_who_was_reached_is_forgotten():
    waits = Waits()
    waits.not_yet()
    waits.note(("person-1",))
    while waits.not_yet():
        waits.note(())
    waits.note(())
    waits.not_yet()
    waits.note(("person-1",))
    looks = 0
    while waits.not_yet():
        looks += 1
    assert looks == 5
