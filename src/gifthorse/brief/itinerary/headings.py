"""The headings of a table of trips, in English and German, and the column each stands for."""

import re
import unicodedata
from typing import Final

# Column: the headings that mean it. Headings are compared without case, accents, blanks and marks.
_ALIASES: Final = {
    "kind": "kind type mode transport travelmode art typ verkehrsmittel reiseart",
    "title": "title event subject summary description occasion purpose titel ereignis veranstaltung betreff anlass zweck bezeichnung",
    "origin": "from origin departurecity departureplace departureairport fromcity "
    "fromairport fromcode startort von abflugort abfahrtsort "
    "abreiseort startflughafen abflughafen start vonort",
    "destination": "to destination arrivalcity arrivalplace arrivalairport tocity toairport "
    "tocode place location venue nach ziel zielort "
    "ankunftsort zielflughafen ankunftsflughafen ort nachort",
    "hotel": "hotel hotelname accommodation lodging unterkunft",
    "departs": "departure departs depart departing departuredatetime departuredateandtime departurelocal departurelocaltime "
    "departureat leaves begin begins "
    "startat startdatetime outbound abfahrt abreise abflug abflugdatumzeit abfahrtdatumzeit beginn hinreise hinflug",
    "departs_on": "departuredate departday startdate datefrom fromdate date "
    "checkin checkindate abfahrtsdatum abreisedatum abflugdatum startdatum "
    "datum vondatum anreise anreisedatum tag day",
    "departs_at": "departuretime starttime timefrom time abfahrtszeit abflugzeit abreisezeit startzeit uhrzeit zeit",
    "departs_zone": "departurezone departuretimezone fromzone timezone zone tz zeitzone abflugzeitzone zeitzonevon zeitzoneabflug",
    "arrives": "arrival arrives arrive arriving arrivaldatetime arrivaldateandtime arrivallocal arrivallocaltime arrivalat end "
    "ends enddatetime return "
    "ankunft ankunftdatumzeit ende rueckkehr rueckreise",
    "arrives_on": "arrivaldate arriveday enddate dateto todate checkout "
    "checkoutdate ankunftsdatum ankunftdatum enddatum bisdatum returndate "
    "rueckreisedatum rueckkehrdatum bis",
    "arrives_at": "arrivaltime endtime timeto ankunftszeit ankunftzeit endzeit",
    "arrives_zone": "arrivalzone arrivaltimezone tozone ankunftszeitzone zeitzonenach zeitzoneankunft",
    "carrier": "carrier airline company operator provider fluggesellschaft gesellschaft airlinename anbieter betreiber",
    "number": "number flightnumber flight flightno trainnumber train no flugnummer flug flugnr zugnummer zug nummer nr",
    "confirmation": "confirmation confirmationcode confirmationnumber pnr bookingcode bookingreference booking recordlocator reference "
    "reservation buchungscode buchungsnummer buchung bestaetigung reservierung reservierungsnummer",
    "seat": "seat seatnumber sitz sitzplatz platz",
    "travellers": "traveller travellers traveler travelers passenger passengers travellername travelername passengername "
    "employeename fullname guest guestname "
    "name names person persons people employee participants "
    "reisender reisende passagier passagiere teilnehmer mitarbeiter mitarbeiterin",
    "city": "city town stadt destinationcity zielstadt",
    "country": "country destinationcountry land zielland",
}
_MEANING: Final = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_TRANSLITERATED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

KINDS: Final = {
    "flight": "flight flug plane air flugzeug fly",
    "train": "train zug rail bahn railway",
    "bus": "bus coach fernbus reisebus",
    "boat": "boat ferry ship schiff faehre boot",
    "car": "car rental rentalcar mietwagen auto taxi pkw",
    "hotel": "hotel stay lodging accommodation unterkunft uebernachtung",
    "event": "event meeting conference fair visit veranstaltung konferenz messe besuch termin besprechung tagung",
    "other": "other sonstiges anderes andere",
}
_KIND_OF: Final = {word: kind for kind, words in KINDS.items() for word in words.split()}


def plain(text: str) -> str:
    """*text* in small letters without accents, blanks and marks; German umlauts as two letters."""
    lower = text.strip().lower().translate(_TRANSLITERATED)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]", "", bare)


def columns(headings: list[str]) -> dict[int, str]:
    """The position of every heading that is known, and its column; of two that mean the same the first counts, names excepted."""
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        column = _MEANING.get(plain(heading)) or _MEANING.get(re.sub(r"\d+$", "", plain(heading)), "")
        if column and (column == "travellers" or column not in found.values()):
            found[position] = column
    return found


def kind_called(text: str) -> str:
    """The kind of leg that *text* names, empty when it is none."""
    return _KIND_OF.get(plain(text), "")
