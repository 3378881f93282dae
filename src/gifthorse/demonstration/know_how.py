"""What the fictional organisation knows how to do, in elements, and which other houses hold some of it."""

from typing import Final

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.model.register import AssetFacts, ElementFacts, PartyFacts, PartyKind
from gifthorse.procedures.keep_know_how import ElementShape

K, P = ElementKind, Protection
# asset, then its elements: title, kind, protection, weight, line to take, export reference
ASSETS: Final[tuple[tuple[AssetFacts, tuple[tuple[str, ElementKind, Protection, int, str, str], ...]], ...]] = (
    (
        AssetFacts(title="Diamond-like coating", what="How we coat pressure cells so that they last ten years under acid."),
        (
            (
                "Furnace curve",
                K.PARAMETER,
                P.RESTRICTED,
                5,
                "We don't discuss process temperatures; the data sheet has the result.",
                "2B005",
            ),
            ("Gas mixture", K.MATERIAL, P.CONFIDENTIAL, 4, "It is a usual argon process; the rest is ours.", ""),
            ("Surface preparation", K.STEP, P.CONFIDENTIAL, 3, "We clean thoroughly, like everybody.", ""),
            ("Layer thickness tolerance", K.TOLERANCE, P.INTERNAL, 2, "The data sheet has it.", ""),
            ("Why layers peel", K.FAILURE_MODE, P.RESTRICTED, 5, "Ask our service if yours peels.", ""),
            ("Target supplier", K.SUPPLIER, P.CONFIDENTIAL, 3, "We buy from several.", ""),
            ("Who tunes the plasma", K.PERSON_WHO_KNOWS, P.INTERNAL, 3, "It is a team.", ""),
        ),
    ),
    (
        AssetFacts(title="Cold calibration", what="Calibrating sensors at minus 190 degrees within two hours."),
        (
            ("Soak times", K.PARAMETER, P.CONFIDENTIAL, 4, "As long as it takes.", ""),
            ("Reference cell", K.MATERIAL, P.CONFIDENTIAL, 3, "A usual one.", ""),
            ("Drift model", K.STEP, P.RESTRICTED, 5, "The certificate has what you need.", "3A001"),
            ("Bench supplier", K.SUPPLIER, P.INTERNAL, 2, "", ""),
        ),
    ),
    (
        AssetFacts(title="Leak finder software", what="Finding a leak from three microphones."),
        (
            ("Filter coefficients", K.PARAMETER, P.RESTRICTED, 5, "They are in the device, not in my head.", ""),
            ("Training recordings", K.MATERIAL, P.CONFIDENTIAL, 4, "We don't hand out recordings.", ""),
            ("False alarms", K.FAILURE_MODE, P.INTERNAL, 2, "Our manual names them.", ""),
        ),
    ),
)
PARTIES: Final = (
    (PartyKind.LAW_FIRM, PartyFacts(name="Harrow & Pike, patents"), ("Furnace curve", "Drift model")),
    (PartyKind.SUPPLIER, PartyFacts(name="Kestrel Gas"), ("Gas mixture",)),
    (PartyKind.PR_AGENCY, PartyFacts(name="Loudwater Press"), ("Leak finder",)),
)


def shape_of(kind: ElementKind, protection: Protection, weight: int) -> ElementShape:
    """The shape of an element."""
    return ElementShape(kind=kind, weight=weight, protection=protection, lead_years=weight)


def facts_of(title: str, line: str, reference: str) -> ElementFacts:
    """What of an element is sealed."""
    return ElementFacts(title=title, line=line, export_reference=reference)
