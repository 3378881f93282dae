"""The lines of a card that are about the sender: what our server said, the reply address, the display name, earlier dealings."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.report.invitation_card import CardLine, Dealings, Receiving, Topic, Verified
from gifthorse.report.mail_authentication import METHODS
from gifthorse.report.mail_hosts import borrowed, imitated, shown, under
from gifthorse.report.mail_parts import AuthResult, MailFacts
from gifthorse.report.mail_signs import signs

_TOPICS: Final = {"spf": Topic.SPF, "dkim": Topic.DKIM, "dmarc": Topic.DMARC}
_IDENTITY: Final = {"spf": ("smtp.mailfrom", "smtp.helo"), "dkim": ("header.d", "header.i"), "dmarc": ("header.from",)}
_ADDRESS_IN_NAME: Final = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")


def lines(mail: MailFacts, receiving: Receiving, known: Mapping[str, str], dealings: Dealings) -> Iterator[CardLine]:
    """The lines about who sent *mail*."""
    yield _sender(mail, receiving, known)
    yield from _authentication(mail, receiving)
    yield from _replies(mail)
    yield from _name(mail)
    yield from _organisation(mail, known)
    yield _history(mail, dealings)


def _sender(mail: MailFacts, receiving: Receiving, known: Mapping[str, str]) -> CardLine:
    domain = shown(mail.sender.domain)
    saw = phrase(N_("The mail says that it comes from {address}."), address=mail.sender.address or "?")
    if mail.senders != 1 or not domain:
        count = mail.senders if domain else 0
        return _line(
            Topic.SENDER, Verified.NO, saw, phrase(N_("A proper mail names exactly one sender; this one names {count}."), count=count)
        )
    if twin := imitated(domain, {*known, *receiving.own_domains}):
        return _line(Topic.SENDER, Verified.NO, saw, phrase(N_("{domain} looks like {known} and is not."), domain=domain, known=twin))
    return _line(Topic.SENDER, Verified.CANNOT_TELL, saw, _standing(domain, receiving, known))


def _standing(domain: str, receiving: Receiving, known: Mapping[str, str]) -> Phrase:
    """Where a sender's domain stands with the house; none of it shows who wrote the mail."""
    if under(domain, receiving.own_domains):
        return phrase(
            N_("This is an address of our own house. If you forwarded the mail, please save the first one as a file and upload that.")
        )
    if place := under(domain, known):
        text = N_("{domain} is known to us as an address of {organisation}. Whether the mail came from there, the next lines say.")
        return phrase(text, domain=place, organisation=known[place])
    if name := borrowed(domain, {*known, *receiving.own_domains}):
        return phrase(N_("{domain} bears the name of {known} and is not known to us as theirs."), domain=domain, known=name)
    if domain in signs().open_providers:
        return phrase(N_("Anyone can get an address at {domain}, under any name."), domain=domain)
    return phrase(N_("{domain} is not known to us."), domain=domain)


def _authentication(mail: MailFacts, receiving: Receiving) -> Iterator[CardLine]:
    servers = {server.lower() for server in receiving.servers}
    ours = [header for header in mail.authentication if header.server in servers and header.hops_above <= receiving.hops]
    ignored = len(mail.authentication) - len(ours)
    for method in METHODS:
        results = [result for header in ours for result in header.results if result.method == method]
        yield _method(method, results, mail, ignored)


def _method(method: str, results: list[AuthResult], mail: MailFacts, ignored: int) -> CardLine:
    topic, name = _TOPICS[method], method.upper()
    said = {result.result for result in results}
    if not said:
        saw = phrase(N_("Our server's {method} result is not in this mail."), method=name)
        reason = phrase(N_("Without it nothing can be told. Results of other servers were not used: {count}."), count=ignored)
        return _line(topic, Verified.CANNOT_TELL, saw, reason)
    saw = phrase(N_("Our server's {method} result: {result}."), method=name, result=", ".join(sorted(said)))
    if method != "dkim" and len(said) > 1:  # a mail may carry several signatures, and one that holds is enough
        return _line(topic, Verified.CANNOT_TELL, saw, phrase(N_("The results contradict each other.")))
    if "pass" not in said:
        return _failed(topic, saw, said)
    if any(result.result == "pass" and _speaks_for(method, result, mail.sender.domain) for result in results):
        return _line(
            topic,
            Verified.YES,
            saw,
            phrase(N_("It was found to be sent by way of {domain}. Who wrote it there is not shown by that."), domain=mail.sender.domain),
        )
    return _line(topic, Verified.CANNOT_TELL, saw, phrase(N_("The result is about another address than the one shown as sender.")))


def _failed(topic: Topic, saw: Phrase, said: set[str]) -> CardLine:
    if said & {"fail", "policy"}:
        return _line(
            topic,
            Verified.NO,
            saw,
            phrase(N_("The check failed. A forwarded mail fails as well; please ask the sender through another channel.")),
        )
    return _line(topic, Verified.CANNOT_TELL, saw, phrase(N_("The sender's side gives no clear answer to this check.")))


def _speaks_for(method: str, result: AuthResult, domain: str) -> bool:
    stated = [result.properties[name].rpartition("@")[2] for name in _IDENTITY[method] if name in result.properties]
    return any(one == domain or domain.endswith("." + one) or one.endswith("." + domain) for one in stated if "." in one)


def _replies(mail: MailFacts) -> Iterator[CardLine]:
    elsewhere = [one for one in mail.reply_to if one.address.lower() != mail.sender.address.lower()]
    if not mail.reply_to:
        return
    if not elsewhere:
        yield _line(
            Topic.REPLY, Verified.YES, phrase(N_("Answers go to the sender's address.")), phrase(N_("The reply address is the same."))
        )
        return
    saw = phrase(N_("Answers would go to {address}."), address=", ".join(one.address for one in elsewhere[:3]))
    if all(_same_house(one.domain, mail.sender.domain) for one in elsewhere):
        yield _line(Topic.REPLY, Verified.CANNOT_TELL, saw, phrase(N_("Another address at the same place as the sender's.")))
        return
    yield _line(
        Topic.REPLY, Verified.NO, saw, phrase(N_("That is another place than the sender's. Newsletters do this, and so do forgers."))
    )


def _same_house(one: str, other: str) -> bool:
    """Whether both are one domain, or one lies under the other."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or (other.endswith(f".{one}") and "." in one))


def _name(mail: MailFacts) -> Iterator[CardLine]:
    display = mail.sender.display
    if mail.hidden_letters:
        saw = phrase(N_("The name or subject holds letters that can't be seen."))
        yield _line(Topic.NAME, Verified.NO, saw, phrase(N_("They change what is shown or hide it from filters.")))
    if (match := _ADDRESS_IN_NAME.search(display)) and match.group(1).lower() != mail.sender.domain:
        saw = phrase(N_("The name shows the address {shown}."), shown=match.group())
        yield _line(Topic.NAME, Verified.NO, saw, phrase(N_("The mail itself comes from {address}."), address=mail.sender.address))


def _organisation(mail: MailFacts, known: Mapping[str, str]) -> Iterator[CardLine]:
    place = under(mail.sender.domain, known)
    claimed = f"{mail.sender.display}\n{mail.subject}\n{mail.text}".casefold()
    named = [
        (domain, name)
        for domain, name in sorted(known.items())
        if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", claimed)
    ]
    for domain, name in named[:3]:
        if place is None or known[place] != name:
            saw = phrase(N_("The mail speaks of {organisation}."), organisation=name)
            reason = phrase(N_("It does not come from an address of theirs that we know ({domain}). Ask them there."), domain=domain)
            yield _line(Topic.ORGANISATION, Verified.CANNOT_TELL, saw, reason)


def _history(mail: MailFacts, dealings: Dealings) -> CardLine:
    saw = phrase(
        N_("Mails from this address: {address}; from {domain}: {others}; reports that mention it: {reports}."),
        address=dealings.of_address,
        domain=mail.sender.domain or "?",
        others=dealings.of_domain,
        reports=dealings.reports,
    )
    if not dealings.of_address and not dealings.of_domain:
        return _line(
            Topic.HISTORY, Verified.CANNOT_TELL, saw, phrase(N_("The house has not heard from there before, as far as it was counted."))
        )
    return _line(
        Topic.HISTORY, Verified.CANNOT_TELL, saw, phrase(N_("Having written before shows that the address is used, not who uses it today."))
    )


def _line(topic: Topic, verified: Verified, saw: Phrase, reason: Phrase) -> CardLine:
    return CardLine(topic=topic, verified=verified, saw=saw, reason=reason)
