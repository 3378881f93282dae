"""Pages: quick whatever is kept, in plain words when something is refused, and careful with names from outside."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from gifthorse.desk import labels
from gifthorse.desk.templatetags import desk as shown
from gifthorse.model import custody, findings, inspections, roles
from tests.matrix.areas import AREAS
from tests.samples import office as samples


def client_of(office, login):
    client = Client()
    client.force_login(office.accounts[login])
    return client


def queries_of(client, address):
    client.get(address)  # the session and second-step questions of a first visit
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("login", "address"), [("ines", "/items/"), ("ines", "/"), ("mara", "/"), ("mara", "/mine/"), ("aud", "/ledger/"), ("aud", "/figures/")]
)
def test_a_page_asks_as_often_for_eighty_items_as_for_thirty(office, login, address):
    samples.many_items(office, 30)
    few = queries_of(client_of(office, login), address)
    from gifthorse.store.tables.item import Item

    first = Item.objects.first()
    Item.objects.bulk_create(
        Item(
            id=f"item-Z{n:012d}",
            reporter_id=first.reporter_id,
            kind=first.kind,
            value_band=first.value_band,
            state=first.state,
            report_id=first.report_id,
            created_at=first.created_at,
            changed_at=timezone.now(),
        )
        for n in range(50)
    )
    assert queries_of(client_of(office, login), address) == few


def test_an_items_page_asks_as_often_for_twelve_messages_as_for_two(office):
    item = samples.taken_in(office, samples.a_report(office))
    for _turn in range(2):
        samples.answer_reporter.answer(office.actor("ines"), item.pk, "Thank you.")
        samples.with_content(office, item)
    address = reverse("item", args=[item.pk])
    few = queries_of(client_of(office, "ines"), address)
    for _turn in range(10):
        samples.answer_reporter.answer(office.actor("ines"), item.pk, "Thank you.")
        samples.with_content(office, item)
    assert queries_of(client_of(office, "ines"), address) == few


def test_a_verdict_with_many_findings_asks_no_more_often(office):
    def page(findings, contents):
        item = samples.taken_in(office, samples.a_report(office))
        row = samples.inspected(office, samples.with_content(office, item), samples.a_result(findings, contents))
        return queries_of(client_of(office, "ines"), reverse("inspection", args=[row.pk]))

    assert page(2, 5) == page(60, 3000)


def test_the_list_finds_an_item_by_the_number_on_its_label(office):
    item = samples.a_report(office)
    samples.a_report(office)
    page = client_of(office, "ines").get("/items/", {"search": item.pk.lower()}).content.decode()
    assert page.count("/items/item-") == 1
    assert item.pk in page


def test_the_list_is_narrowed_by_state_kind_and_verdict(office):
    samples.a_report(office, kind=custody.ItemKind.CAMERA)
    samples.taken_in(office, samples.a_report(office))
    client = client_of(office, "ines")
    for asked, number in (
        ({"state": "reported"}, 1),
        ({"kind": "camera"}, 1),
        ({"kind": "phone"}, 0),
        ({"verdict": "hostile"}, 0),
        ({"state": "nonsense"}, 2),
    ):
        assert client.get("/items/", asked).content.decode().count("/items/item-") == number, asked


@pytest.mark.parametrize("asked", ["9" * 40, "-1", "x", "", "٣", "0", "²"])
def test_a_page_that_is_none_breaks_nothing(office, asked):
    samples.a_report(office)
    assert client_of(office, "ines").get("/items/", {"page": asked}).status_code == 200
    assert client_of(office, "mara").get("/mine/", {"page": asked}).status_code == 200
    assert client_of(office, "aud").get("/ledger/", {"before": asked}).status_code == 200


def test_a_reporter_sees_neither_findings_nor_reasons(office):
    item = samples.taken_in(office, samples.a_report(office))
    samples.inspected(office, samples.with_content(office, item))
    samples.decided(office, item, answered=True)
    page = client_of(office, "mara").get(reverse("item", args=[item.pk])).content.decode()
    assert "You did exactly the right thing" in page
    assert "Keep it sealed" in page
    assert "hides behind" not in page
    assert "stick.img" not in page
    assert "dangerous" not in page


def test_an_auditor_follows_an_item_without_a_word_of_its_content(office):
    item = samples.taken_in(office, samples.a_report(office))
    samples.inspected(office, samples.with_content(office, item))
    samples.decided(office, item, answered=True)
    page = client_of(office, "aud").get(reverse("trail", args=[item.pk])).content.decode()
    assert "took the item in" in page
    for secret in ("Mara", "Inês", "call me Lee", "Hall 7", "stick.img", "hides behind", "Thank you"):
        assert secret not in page


def test_the_custodian_sees_a_name_and_the_ledger_says_so(office):
    person = office.accounts["mara"].person_id
    page = client_of(office, "clara").post("/names/", {"person": person, "reason": "The police ask."})
    assert "Mara Keßler-Østergård" in page.content.decode()
    assert "released a name" in client_of(office, "aud").get("/ledger/").content.decode()


def test_what_is_refused_is_said_in_plain_words(office):
    item = samples.a_report(office)
    client = client_of(office, "ines")
    answer = client.post(reverse("close", args=[item.pk]))
    assert answer.status_code == 409
    assert "Not at this point" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_the_page_for_a_defect_of_ours_asks_no_database(office, django_assert_num_queries):
    from django.test import RequestFactory

    from gifthorse.desk.views.errors import broken

    with django_assert_num_queries(0):
        answer = broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_a_form_that_does_not_fit_comes_back_filled_in(office):
    item = samples.a_report(office)
    answer = client_of(office, "ines").post(reverse("take_in", args=[item.pk]), {"place": "Safe 9"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Safe 9" in page
    assert "aria-invalid" in page


def test_a_day_to_come_is_named_at_its_field(office):
    answer = client_of(office, "mara").post("/given/", {"kind": "camera", "given_on": "2999-01-01"})
    assert "This day is still to come" in answer.content.decode()


def test_a_result_of_an_erased_item_is_said_to_be_erased(office):
    item = samples.taken_in(office, samples.a_report(office))
    row = samples.inspected(office, samples.with_content(office, item))
    samples.decided(office, item, answered=True)
    samples.decide_item.close(office.actor("ines"), item.pk)
    client_of(office, "clara").post("/erase/", {"item": item.pk, "reason": "Retention."})
    client = client_of(office, "ines")
    assert client.get(reverse("inspection", args=[row.pk])).status_code == 410
    assert "erased" in client.get(reverse("item", args=[item.pk])).content.decode()


@pytest.mark.parametrize("login", samples.PEOPLE)
def test_every_section_of_the_rail_opens_for_whom_it_is_shown(office, login):
    client = client_of(office, login)
    sections = client.get("/").context["sections"]
    assert sections
    for section in sections:
        assert client.get(section["address"]).status_code == 200, section


def test_a_name_that_turns_the_text_around_is_shown_with_its_marks():
    assert "U+202E" in shown.untrusted("photo\u202egnp.exe")
    assert shown.untrusted("<script>") == '<bdi class="untrusted">&lt;script&gt;</bdi>'
    assert "U+" not in shown.untrusted("می\u200cخواهم"), "a joiner that Persian needs is no trick"


def test_bytes_are_told_as_makers_print_them():
    assert [shown.in_bytes(count) for count in (0, 999, 1000, 8_004_304_896)] == ["0 bytes", "999 bytes", "1.0 KB", "8.0 GB"]


def test_a_page_in_a_language_from_right_to_left_says_so(office, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    with translation.override("ar"):
        page = client_of(office, "mara").get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_names_and_stories_in_any_script_are_shown_whole(office):
    item = samples.a_report(office, what="红色的U盘 🐴", said="قال: «كل الرسومات هنا»", giver="Ørjan “Þór” Żółć", place="x" * 200)
    page = client_of(office, "mara").get(reverse("item", args=[item.pk])).content.decode()
    for text in ("红色的U盘 🐴", "قال: «كل الرسومات هنا»", "Ørjan “Þór” Żółć", "x" * 200):
        assert text in page


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("kind", custody.ItemKind), ("value", custody.ValueBand), ("state", custody.ItemState), ("state_for_reporter", custody.ItemState),
        ("outcome", custody.Outcome), ("inspection", custody.InspectionState), ("severity", findings.Severity), ("verdict", inspections.Verdict),
        ("reason", inspections.Reason), ("reason_title", inspections.Reason), ("role", roles.Role),
    ],
)  # fmt: skip
def test_every_value_of_the_model_has_its_words(kind, values):
    assert {value.value for value in values} <= {str(key) for key in labels.ALL[kind]}


def test_every_step_that_the_ledger_can_name_has_its_words():
    readers = {"view-item", "follow-item", "view-inspection", "view-ledger", "view-figures", "view-accounts"}
    readers |= {procedure.value for area in AREAS for procedure in area.READS}
    unnamed = {one.value for one in roles.Procedure} - readers - {str(key) for key in labels.ALL["deed"]}
    assert not unnamed


def test_no_verdict_says_clean_or_safe():
    for words in labels.ALL.values():
        for sentence in words.values():
            assert not {"clean", "safe", "harmless"} & set(str(sentence).lower().replace(".", "").split())


def test_a_label_carries_the_number_as_text_and_as_qr_code(office):
    item = samples.a_report(office)
    page = client_of(office, "mara").get(reverse("receipt", args=[item.pk])).content.decode()
    assert "<svg" in page
    assert f"<title>{item.pk}</title>" in page
    assert "plug it in" in page
    assert "Mara" not in page.partition('<main id="content">')[2]


def test_the_number_is_set_in_groups():
    told = Template("{% load desk %}{{ number|numbered }}").render(Context({"number": "item-7ZZ3K0QH2M4DX"}))
    assert "<span>7ZZ3K</span><span>0QH2</span><span>M4DX</span>" in told


def test_a_photograph_is_shown_redrawn_and_never_as_it_came(office):
    item = samples.a_report(office)
    photograph = samples.photographed(office, item, "mara", b"the bytes that came in", drawn=None)
    client = client_of(office, "mara")
    address = reverse("picture", args=[photograph.pk])
    page = reverse("item", args=[item.pk])
    assert "being prepared" in client.get(page).content.decode()
    assert client.get(address).status_code == 404
    samples.prepare_picture.prepare(photograph.pk, lambda _fd: samples.DRAWN)
    assert f'src="{address}"' in client.get(page).content.decode()
    answer = client_of(office, "ines").get(address)
    assert answer.content == samples.DRAWN
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_photograph_is_said_not_to_be_shown(office):
    item = samples.a_report(office)
    photograph = samples.photographed(office, item, "mara", b"MZ no photograph", drawn=None)
    samples.prepare_picture.prepare(photograph.pk)
    assert "can't be shown" in client_of(office, "mara").get(reverse("item", args=[item.pk])).content.decode()
    assert client_of(office, "mara").get(reverse("picture", args=[photograph.pk])).status_code == 404


def test_a_content_of_an_item_is_no_picture(office):
    item = samples.taken_in(office, samples.a_report(office))
    exhibit = samples.with_content(office, item)
    assert client_of(office, "ines").get(reverse("picture", args=[exhibit.pk])).status_code == 404
