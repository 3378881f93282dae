"""Who may do what, as it was agreed: written apart from the code that grants it."""

from gifthorse.model.roles import Procedure, Relation, Role
from tests.matrix.areas import AREAS

# who may, as the security officer of the house would write it: role, then "o" own, "x" other's, "-" no record
WHO_MAY = """
report-gift         staff -
add-photograph      staff o, officer x
view-item           staff o, officer ox
follow-item         officer ox, auditor x
withdraw-item       staff o
take-custody        officer ox
hand-over           officer ox
attach-exhibit      officer ox
read-server-folder  officer ox
start-inspection    officer ox
stop-inspection     officer ox
perform-inspection  desk x
prepare-picture     desk x
view-inspection     officer ox
export-inspection   officer ox
dispute-finding     officer x
explain-finding     officer x
decide-item         officer x
answer-reporter     officer x
write-to-officer    staff o
erase-item          custodian x
release-identity    custodian x
view-ledger         auditor -
view-figures        auditor -
verify-records      auditor -, desk -
sign-checkpoint     auditor -, desk -
back-up             desk -
restore-backup      desk -
create-account      admin -, desk -
change-roles        admin x
close-account       admin x
view-accounts       admin -
"""
SIGNS = {"o": Relation.OWN, "x": Relation.OTHERS, "-": Relation.NONE}


def table() -> dict[Procedure, set[tuple[Role, Relation]]]:
    rows = {}
    for line in "\n".join([WHO_MAY, *(area.WHO_MAY for area in AREAS)]).split("\n"):
        if not line.strip():
            continue
        name, _, grants = line.partition(" ")
        pairs = [grant.split() for grant in grants.split(",")]
        rows[Procedure(name)] = {(Role(role), SIGNS[sign]) for role, signs in pairs for sign in signs}
    return rows
