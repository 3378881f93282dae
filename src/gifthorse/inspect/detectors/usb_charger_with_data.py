"""usb.charger-with-data: a charger, fan or lamp that wants to talk."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.device import VENDOR, Device
from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

CHARGER: Final = FindingKind(
    id="usb.charger-with-data",
    severity=Severity.HIGH,
    confidence=0.8,
    title=N_("A device that needs only power offers data"),
    why=N_(
        "A charger, power bank, fan, lamp or charging cable needs the plug for power alone. "
        "One that shows a keyboard, storage or network is something else."
    ),
    what_to_do=N_("Don't plug it in, nor charge anything with it. Keep it sealed."),
    benign_explanation=N_("Some power banks and lamps show a small interface of their maker for settings or updates."),
    technique=("T1200",),
)
KINDS: Final = (CHARGER,)

_POWER_ONLY: Final = re.compile(
    r"\b(?:charger|charging|power ?bank|powerbank|wall ?plug|fan|ventilator|lamp|desk ?light|night ?light|led light"
    r"|heater|warmer|humidifier|massager"
    r"|ladegerät|ladekabel|ladestecker|netzteil|ladestation|lüfter|heizung|tassenwärmer|lampe|leuchte"
    r"|chargeur|ventilateur|câble de charge|batterie externe|cargador|ventilador|lámpara|batería externa"
    r"|caricatore|caricabatterie|lampada|carregador|oplader|ładowarka|nabíječka|incarcator|şarj cihazı"
    r"|зарядное|зарядка|вентилятор|лампа|зарядний"
    r"|charge(?:r)? cable|power cable|power adapter|christmas tree)\b"
    r"|^\W*(?:usb)?[ -]*(?:type[ -]?)?(?:usb|c|lightning|micro[ -]?usb)"
    r"(?:[ -]*(?:to|-)[ -]*(?:type[ -]?)?(?:usb|a|c|lightning))?[ -]*cable\W*$"
    r"|充电|充電|风扇|台灯|モバイルバッテリー|扇風機|充电宝|충전기|선풍기",
    re.IGNORECASE,
)


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each device that calls itself something that needs only power, and offers data."""
    for device in facts.devices:
        if (_POWER_ONLY.search(device.name) or _POWER_ONLY.search(device.maker)) and not device.is_hub:
            severity = weight(device)
            if severity is not None:
                yield CHARGER.found(
                    at_device(facts, device), severity=severity, detail=phrase(N_("It calls itself {name}."), name=device.name)
                )


def weight(device: Device) -> Severity | None:
    """How grave what it offers is; None when it offers no data."""
    if device.stores or device.types_keys or device.networks:
        return Severity.HIGH
    if any(interface.device_class == VENDOR for interface in device.interfaces):
        return Severity.LOW
    return Severity.LOW if any(interface.endpoints for interface in device.interfaces) else None
