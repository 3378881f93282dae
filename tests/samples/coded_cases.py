"""Six cases of our own making, in the form of published ones: none of them happened."""

import json


def report(m, *tactics, ask=0, favour="none", observer="target", **more):
    return {
        "m": m,
        "channel": "in_person",
        "tactics": list(tactics),
        "offered": "something",
        "asked": "something",
        "ask_level": ask,
        "favour": favour,
        "secrecy": False,
        "platform_shift": False,
        "travel_paid": False,
        "tasking": False,
        "observer": observer,
        "basis": "I",
    } | more


def case(case_id, label, harm, *timeline):
    return {
        "id": case_id,
        "title": "Made up",
        "sector": "none",
        "label": label,
        "status": "made up",
        "sources": [],
        "timeline": list(timeline),
        "first_harm_m": harm,
        "alert_by_m": None,
        "meta_never_for_scoring": {"sponsor": "XX", "host": "YY"},
    }


DOCUMENT = {
    "schema": "gifthorse.cases/1",
    "cases": [
        case(
            "glassworks",  # a buyer befriends a furnace foreman: gifts, a loan, then the recipe
            "cultivation",
            11,
            report(0, "T06", "T31", ask=1, favour="small"),
            report(3, "T38", "T21", ask=2),
            report(6, "T36", favour="large"),
            report(9, "T40", "T61", ask=3),
            report(11, "T62", "T53", ask=4, favour="medium"),
        ),
        case(
            "choir",  # a tour with singing and museums: nothing but hospitality
            "negative",
            None,
            report(0, "T11", "T30", ask=1, favour="small", mitigators=["colleague_present"]),
            report(2, "T31", favour="small"),
            report(14, "T06", ask=1),
        ),
        case(
            "tram",  # a stranger asks at once for the signalling keys and offers money
            "pitch",
            2,
            report(0, "T05", "T53", ask=4, favour="large"),
            report(2, "T69", ask=4),
        ),
        case("boathouse", "coercion", None, report(0, "T10", ask=0), report(1, "T70", "T71", ask=3)),
        case(
            "seedbank",  # one recruiter writes to four of the staff
            "campaign",
            None,
            report(0, "T01", "T02", ask=2),
            report(1, "T13", "T01", ask=2, observer="colleague"),
            report(2, "T20", "T37", ask=2, favour="small", observer="another"),
        ),
        case("silence", "invisible", 4, report(0, "T06"), report(4)),
    ],
}
CODED_CASES = json.dumps(DOCUMENT).encode()
