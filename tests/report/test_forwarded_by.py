"""Who really forwarded a mail: what our own server says in the topmost header that bears its name, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.report.forwarded_by import is_shown_to_be_from
from gifthorse.report.mail_authentication import read_authentication
from tests.report.mails import OURS

SAM = "sam@kestrelworks.example"


def shown(*headers: str, address: str = SAM, servers: tuple[str, ...] = (OURS,)) -> bool:
    """What follows from *headers*, from the top of the mail down; one without a colon is the value of a result."""
    from email import message_from_string

    lines = [one if one.startswith("Received:") else f"Authentication-Results: {one}" for one in headers]
    message = message_from_string("\n".join([*lines, "From: x", "", ""]))
    return is_shown_to_be_from(address, read_authentication(message, 8000), servers)


@pytest.mark.parametrize(
    "value",
    [
        f"{OURS}; dmarc=pass header.from=kestrelworks.example",
        f"{OURS}; dkim=pass header.d=kestrelworks.example",
        f'{OURS} 1; dkim=pass (2048-bit key; "note") header.i=@kestrelworks.example',
        f"{OURS}; spf=pass smtp.mailfrom=bounce@kestrelworks.example; dkim=none",
        f"{OURS}; auth=pass smtp.auth={SAM}",
        f'{OURS.upper()}; spf=pass smtp.mailfrom="odd name"@kestrelworks.example',
        f"{OURS}; dkim=fail header.d=elsewhere.example; dkim=pass header.d=kestrelworks.example",
    ],
)
def test_what_our_server_says_of_the_very_domain_counts(value):
    assert shown(value)


@pytest.mark.parametrize(
    "value",
    [
        f"{OURS}; none",
        f"{OURS}; dmarc=fail header.from=kestrelworks.example; spf=pass smtp.mailfrom={SAM}",
        f"{OURS}; dmarc=pass header.from=elsewhere.example",
        f"{OURS}; dmarc=pass",
        f"{OURS}; dkim=pass header.d=elsewhere.example; spf=pass smtp.mailfrom=x@elsewhere.example",
        f"{OURS}; dkim=pass header.d=guests.kestrelworks.example",
        f"{OURS}; dkim=pass header.d=example",
        f"{OURS}; dkim=pass header.d=works.example",
        f"{OURS}; spf=softfail smtp.mailfrom={SAM}",
        f"{OURS}; auth=pass smtp.auth=eve@kestrelworks.example",
        f"mx.elsewhere.example; dmarc=pass header.from=kestrelworks.example ({OURS};)",
        f'{OURS}; spf=pass smtp.mailfrom="x; dmarc=pass header.from=kestrelworks.example; x="@evil.example',
        f"{OURS}; spf=none (x (y; dmarc=pass header.from=kestrelworks.example) z)",
        f'{OURS}; spf=none (it"s; dmarc=pass header.from=kestrelworks.example)',
        f'{OURS}; spf=pass smtp.mailfrom={SAM} (it"s); dmarc=fail header.from=kestrelworks.example (it"s)',
        f"{OURS}; spf=none (open; dmarc=pass header.from=kestrelworks.example",
        f'{OURS}; spf=none smtp.mailfrom="open; dmarc=pass header.from=kestrelworks.example',
    ],
)
def test_anything_else_counts_for_nothing(value):
    assert not shown(value)


def test_the_topmost_of_ours_alone_is_read_whatever_the_sender_wrote_below():
    forged = f"{OURS}; dmarc=pass header.from=kestrelworks.example"
    assert shown(forged)
    assert not shown(f"{OURS}; dmarc=fail header.from=kestrelworks.example", forged)
    assert not shown(f"{OURS}; none", forged)
    assert shown("mx.elsewhere.example; none", forged)


def test_what_stands_below_other_servers_is_not_ours_whatever_name_it_bears():
    forged = f"{OURS}; dmarc=pass header.from=kestrelworks.example"
    assert shown("Received: from a by ours", forged)
    assert not shown("Received: from a by ours", "Received: from b by a", forged)


def test_without_a_named_server_nobody_is_shown():
    assert not shown(f"{OURS}; dmarc=pass header.from=kestrelworks.example", servers=())
    assert not shown("; dmarc=pass header.from=kestrelworks.example", servers=())


@given(st.text(alphabet='();="\\ .@abx', max_size=60))
def test_nothing_that_a_sender_puts_into_a_quoted_address_or_a_comment_becomes_a_result(words):
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    commented = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    forged = "; dmarc=pass header.from=kestrelworks.example;"
    assert not shown(f'{OURS}; spf=pass smtp.mailfrom="{quoted}{forged}"@evil.example')
    assert not shown(f"{OURS}; spf=none ({commented}{forged}); dkim=none")
