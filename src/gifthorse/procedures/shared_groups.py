"""Which groups of contacts more than one of ours, or more than one contact, belong to. For procedures: asks for no permission."""

from django.db.models import Count, F

from gifthorse.model.threads import ThreadState
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.thread import Thread


def of_several() -> set[str]:
    """The groups of several contacts, or that several of ours may have met or told of: few, and the only ones to be read whole."""
    threads = Thread.objects.exclude(state=ThreadState.MERGED.value).order_by()
    met = threads.values_list("contact").annotate(people=Count("*")).filter(people__gt=1)
    told = threads.exclude(person=F("contact__reported_by")).values_list("contact", flat=True)
    joined = Contact.objects.exclude(joined_to=F("id")).order_by().values_list("joined_to", flat=True)
    return {group for group, _ in met} | set(told) | set(joined)
