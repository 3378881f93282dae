"""Every text of this room that lives in data, for the extraction of translatable text: code marks its own with `N_`."""

from collections.abc import Iterator

from gifthorse.report import colleague_concern, favour_policy, interview, retention


def message_ids() -> Iterator[str]:
    """Each text of the interviews, the policy on favours, the retention schedule and the list of traits, once, in order."""
    found = [
        *interview.message_ids(),
        *favour_policy.message_ids(favour_policy.packaged_policy()),
        *retention.message_ids(retention.packaged_schedule()),
        *colleague_concern.message_ids(),
    ]
    yield from dict.fromkeys(found)
