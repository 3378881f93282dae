"""Reports that not every officer may read: what they tell is assessed for nobody, since a level that moved would tell of them.

Whoever may read such a report sees it with its clock and acts on it at once; no score is needed for that.
"""

from gifthorse.procedures.tellers import officers
from gifthorse.store.tables.report import Report


def sealed_apart() -> frozenset[str]:
    """The ids of the reports that were sealed to some officers only; those sealed to all of today's officers are none of them."""
    rows = list(Report.objects.filter(is_sealed=True).values_list("pk", "sealed_to", "reporter_id"))
    if not rows:
        return frozenset()
    everybody = officers()
    return frozenset(pk for pk, readers, reporter in rows if not everybody - {reporter} <= set(readers))
