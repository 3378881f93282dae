"""The kinds in which a trip is described: what one does, takes, meets and who pays, and nothing about where anybody comes from."""

from enum import StrEnum


class RoleKind(StrEnum):
    """What the traveller does in the house."""

    ENGINEER = "engineer"
    RESEARCHER = "researcher"
    SALES = "sales"
    BUYER = "buyer"
    EXECUTIVE = "executive"
    ADMINISTRATION = "administration"
    IT = "it"
    LEGAL = "legal"
    SERVICE = "service"  # maintenance and installation at customers
    OTHER = "other"


class Seniority(StrEnum):
    """How far up; it decides what an approach asks for."""

    JUNIOR = "junior"
    EXPERIENCED = "experienced"
    SENIOR = "senior"
    BOARD = "board"


class ElementKind(StrEnum):
    """What kind of know-how an element is."""

    STEP = "step"
    PARAMETER = "parameter"
    MATERIAL = "material"
    SUPPLIER = "supplier"
    TOLERANCE = "tolerance"
    FAILURE_MODE = "failure-mode"
    PERSON_WHO_KNOWS = "person-who-knows"


class Protection(StrEnum):
    """How the house protects it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


class DeviceKind(StrEnum):
    """What device is taken."""

    LAPTOP = "laptop"
    PHONE = "phone"
    TABLET = "tablet"
    MEMORY_STICK = "memory-stick"
    CAMERA = "camera"
    INSTRUMENT = "instrument"  # measuring and demonstration equipment


class DataKind(StrEnum):
    """What the devices, papers and cases hold."""

    NONE = "none"
    SLIDES = "slides"
    DRAWINGS = "drawings"
    SOURCE_CODE = "source-code"
    SAMPLES = "samples"
    PAPERS = "papers"
    PERSONAL_DATA = "personal-data"
    FULL_MAILBOX = "full-mailbox"


class VenueKind(StrEnum):
    """At what kind of place people meet."""

    TRADE_FAIR = "trade-fair"
    CONFERENCE = "conference"
    CUSTOMER_SITE = "customer-site"
    UNIVERSITY = "university"
    HOTEL_MEETING = "hotel-meeting"
    PRIVATE_INVITATION = "private-invitation"
    DELEGATION = "delegation"
    GOVERNMENT_OFFICE = "government-office"
    ONLINE = "online"


class EventKind(StrEnum):
    """What the traveller does there."""

    STAND = "stand"
    VISIT = "visit"
    LECTURE = "lecture"
    NEGOTIATION = "negotiation"
    INSTALLATION = "installation"
    JOB_INTERVIEW = "job-interview"
    RESEARCH_STAY = "research-stay"
    TRAINING = "training"
    RECEPTION = "reception"
    OTHER = "other"


class HostKind(StrEnum):
    """What kind of body receives the traveller."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    COMPETITOR = "competitor"
    UNIVERSITY = "university"
    PUBLIC_BODY = "public-body"
    ORGANISER = "organiser"
    CONSULTANCY = "consultancy"
    PRIVATE_PERSON = "private-person"
    UNKNOWN = "unknown"


class Payer(StrEnum):
    """Who pays for the trip."""

    OWN_HOUSE = "own-house"
    HOST = "host"
    THIRD_PARTY = "third-party"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class InvitationOrigin(StrEnum):
    """How the invitation came."""

    NONE = "none"  # nobody invited: our own plan
    KNOWN_HOST = "known-host"
    COLD_MAIL = "cold-mail"
    INTRODUCTION = "introduction"
    ORGANISER = "organiser"
    UNKNOWN = "unknown"


class SocialKind(StrEnum):
    """What the programme holds beside the work."""

    DINNER = "dinner"
    DRINKS = "drinks"
    EXCURSION = "excursion"
    PRIVATE_HOME = "private-home"
    NIGHT_OUT = "night-out"


class Company(StrEnum):
    """Alone or with colleagues."""

    SOLO = "solo"
    GROUP = "group"
