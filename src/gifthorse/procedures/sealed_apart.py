"""Sealed reports stay apart for good: what they tell is assessed for nobody, since a level that moved would tell of them.

Officers come and go. Whether a report counts must not hang on who is one today, or the level would move for those who were not chosen on
the day on which somebody leaves. Whoever may read such a report sees what it would come to (`sealed_to_me`) and acts on it at once.
"""

from django.db.models import QuerySet

from gifthorse.store.tables.report import Report


def sealed_apart() -> frozenset[str]:
    """The ids of all sealed reports, whoever may read them."""
    return frozenset(sealed_reports().values_list("pk", flat=True))


def sealed_reports() -> QuerySet[Report]:
    """All sealed reports, in no order. Asked for by a list of values: SQLite finds no truth value by its index."""
    return Report.objects.filter(is_sealed__in=[True]).order_by()
