"""The words that lists of people use for columns, roles and answers, folded: lower case, any punctuation as one space."""

from typing import Final

from gifthorse.brief.kinds import RoleKind
from gifthorse.model.register import StaffField
from gifthorse.model.roles import Role


def _each(words: dict[str, str]) -> dict[str, str]:
    return {word.strip(): value for value, listed in words.items() for word in listed.split(",")}


COLUMNS: Final[dict[str, StaffField]] = {
    word: StaffField(field)
    for word, field in _each(
        {
            "staff_number": "staff number,staff no,staff id,employee number,employee id,personnel number,personnel no,number,id,"
            "personalnummer,personal nr,personalnr,mitarbeiternummer,mitarbeiter nr,pers nr,persnr,stammnummer",
            "name": "name,full name,display name,displayname,person,vollständiger name,anzeigename,mitarbeiter,mitarbeiterin",
            "mail": "mail,e mail,email,mail address,email address,e mail address,mailadresse,e mail adresse,emailadresse,userprincipalname",
            "unit": "unit,department,dept,division,team,group,institute,faculty,"
            "abteilung,bereich,einheit,organisationseinheit,referat,institut,gruppe",
            "roles": "role,roles,desk role,desk roles,rolle,rollen",
            "login": "login,login name,user name,username,user,account,benutzername,benutzer,anmeldename,kennung,samaccountname",
            "zone": "time zone,timezone,zone,zeitzone",
            "language": "language,preferred language,sprache,lang",
            "leaving_on": "leaving date,leaving on,leaves on,leaving,last day,end date,exit date,"
            "austritt,austrittsdatum,letzter arbeitstag,ausgeschieden am",
            "duty_kind": "duty kind,kind of duty,job kind,function,tätigkeit,tätigkeitsart,funktion,aufgabe",
            "signs": "signs,signs for the house,authorised signatory,authorized signatory,may sign,"
            "zeichnungsberechtigt,unterschriftsberechtigt,prokura",
        }
    ).items()
}
# A name in two columns is put together: the given name first.
GIVEN: Final = frozenset({"first name", "firstname", "given name", "givenname", "forename", "vorname", "rufname"})
FAMILY: Final = frozenset({"last name", "lastname", "family name", "surname", "sn", "nachname", "familienname", "zuname"})
ROLES: Final[dict[str, Role]] = {
    word: Role(role)
    for word, role in _each(
        {
            "staff": "staff,employee,mitarbeiter,mitarbeiterin,personal",
            "officer": "officer,security officer,sicherheitsbeauftragte,sicherheitsbeauftragter,sicherheit",
            "research-lead": "research lead,research security,forschungssicherheit",
            "board": "board,vorstand,leitung,geschäftsleitung",
            "custodian": "custodian,treuhänder,treuhänderin",
            "auditor": "auditor,audit,revision,revisor,revisorin",
            "admin": "admin,administrator,administratorin,verwalter,verwalterin",
        }
    ).items()
}
DUTY_KINDS: Final[dict[str, str]] = _each(
    {
        "engineer": "engineer,engineering,ingenieur,ingenieurin,entwicklung,entwickler,entwicklerin,technik",
        "researcher": "researcher,research,scientist,forscher,forscherin,forschung,wissenschaft",
        "sales": "sales,vertrieb,verkauf",
        "buyer": "buyer,purchasing,procurement,einkauf,einkäufer,einkäuferin,beschaffung",
        "executive": "executive,management,geschäftsführung,führungskraft",
        "administration": "administration,office,verwaltung,sekretariat",
        "it": "it,edv",
        "legal": "legal,recht,rechtsabteilung",
        "service": "service,maintenance,installation,kundendienst,wartung,montage",
        "other": "other,andere,anderes,sonstiges",
    }
)
assert set(DUTY_KINDS.values()) == set(RoleKind)
LANGUAGES: Final[dict[str, str]] = _each({"de": "german,deutsch", "en": "english,englisch", "fr": "french,französisch,français"})
ANSWERS: Final[dict[str, bool]] = {
    **dict.fromkeys(("yes", "y", "true", "1", "x", "ja", "j", "wahr"), True),
    **dict.fromkeys(("", "no", "n", "false", "0", "nein", "falsch"), False),
}
