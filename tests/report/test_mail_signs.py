"""Sentences that are worth reading twice are found in English and German; ordinary ones and what offices hang under a mail are not."""

import pytest

from gifthorse.report.mail_signs import quotes, signs

WORTH_READING = {
    "payer": (
        "Travel and accommodation will be reimbursed.",
        "Flights and the hotel are on us.",
        "Return tickets for you and your guest will be provided by the organiser.",
        "The academy takes care of everything.",
        "Participants bear their own costs.",
        "There is no charge for speakers.",
        "Die Reisekosten übernehmen selbstverständlich wir.",
        "Für Anreise und Unterkunft kommen wir gern auf.",
        "Sie sind unser Gast.",
        "Die Teilnehmer tragen die Kosten selbst.",
        "Anreise und Hotel gehen auf uns.",
        "Ihre Auslagen werden erstattet.",
    ),
    "fee": ("You get 350 €.", "A consulting fee is paid.", "Compensation: 350 USD/h.", "Das Beratungshonorar ist großzügig."),
    "deadline": (
        "This offer expires in 24 hours.",
        "We need your answer today.",
        "I need your decision within the next two hours.",
        "Seats are filling fast.",
        "Confirm, or your place will be given away.",
        "Die Frist läuft am Freitag ab.",
        "Bitte melden Sie sich noch heute.",
        "Die Anmeldung schließt in wenigen Stunden.",
        "Bitte rasch antworten, sonst vergeben wir den Platz.",
    ),
    "private": (
        "No need to inform your employer.",
        "Let us switch to Signal.",
        "Please do not use your work email.",
        "Delete this message after reading.",
        "Ihr Arbeitgeber muss davon nichts wissen.",
        "Nutzen Sie bitte nicht Ihre Dienstadresse.",
        "Schreiben Sie mir per Signal.",
    ),
    "papers": ("Please send your slides and unpublished data.", "Bitte senden Sie uns vorab Ihren Lebenslauf."),
}
ORDINARY = (
    "The signal to noise ratio of your detector impressed us.",
    "Our signal processing group would be happy to host you.",
    "Wir haben Ihr Signal gesehen.",
    "Could we meet for coffee next week at your institute?",
    "The talk needs about 24 hours of preparation.",
    "Wir freuen uns, Sie morgen zu sehen.",
    "The cost function converged; see you on Tuesday.",
    "The call for papers is open until 1 March.",
    "Das Thema Kosten steht auf der Tagesordnung.",
)
UNDER_EVERY_MAIL = (
    "This e-mail is confidential and may be legally privileged.",
    "This message and any attachments are confidential.",
    "This message contains confidential information intended only for the person named.",
    "Diese E-Mail enthält vertrauliche Informationen und ist ausschließlich für den Adressaten bestimmt.",
    "Diese Nachricht ist vertraulich.",
)


@pytest.mark.parametrize(("topic", "sentence"), [(topic, one) for topic, many in WORTH_READING.items() for one in many])
def test_a_sentence_worth_reading_is_quoted_whole(topic: str, sentence: str) -> None:
    assert quotes(topic, f"Dear Ada,\n{sentence} Kind regards") == (sentence,)


@pytest.mark.parametrize("sentence", ORDINARY + UNDER_EVERY_MAIL)
def test_an_ordinary_sentence_is_not_quoted(sentence: str) -> None:
    assert [quotes(topic, sentence) for topic in signs().phrases] == [()] * len(signs().phrases)


def test_a_disclaimer_hides_nothing_but_itself() -> None:
    text = f"{UNDER_EVERY_MAIL[0]} We pay your flight, which is intended only for the addressee. Keep it between us."
    assert quotes("payer", text) == ("We pay your flight, which is intended only for the addressee.",)
    assert quotes("private", text) == ("Keep it between us.",)
