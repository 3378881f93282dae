"""`gifthorse doctor`: the desk examines itself and names what is missing."""

from gifthorse.cli.console import AsJson, DataFolder, desk_at
from gifthorse.cli.speech import _, told

MARKS = {"ok": "  ok     ", "advice": "  advice ", "problem": "  PROBLEM"}


def run(data: DataFolder = None, json: AsJson = False) -> int:
    """Examine the desk: database, keys, folders, room, backups, confinement. Nothing is changed."""
    with desk_at(data):
        from gifthorse.procedures.examine_desk import State, examine

        checks = examine()
    problems = [check for check in checks if check.state is State.PROBLEM]
    if json:
        import msgspec

        listed = [
            {
                "id": check.id,
                "state": check.state.value,
                "what": check.what.in_english(),
                "what_to_do": check.what_to_do.in_english() if check.what_to_do else None,
            }
            for check in checks
        ]
        print(msgspec.json.format(msgspec.json.encode({"schema": "gifthorse.doctor/1", "checks": listed}), indent=1).decode())
    else:
        for check in checks:
            print(f"{MARKS[check.state.value]} {check.id}: {told(check.what)}")
            if check.what_to_do:
                print(f"           {told(check.what_to_do)}")
        print(_("{count} things to act on.").format(count=len(problems)) if problems else _("Nothing to act on as far as could be seen."))
    return 1 if problems else 0
