"""html.smuggling: files of a few bytes, and hands that give them out in ways that few pages use."""

import base64

import pytest

from gifthorse.inspect.detectors import html_smuggling as detector
from gifthorse.model.findings import Severity
from tests.samples.files import pe, png, severities, zip_of

SMALL = base64.b64encode(zip_of({"a.js": b"x"})).decode()
PROGRAM = base64.b64encode(pe()).decode()
MIXED = base64.b64encode(bytes(index * 7919 % 251 for index in range(900))).decode()
OUT = "var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='doc.zip';a.click();"
NUMBERS = ",".join(str(byte ^ 55) for byte in zip_of({"a.js": b"x" * 99}))


@pytest.mark.parametrize(
    "script",
    [
        f"var b=new Blob([atob('{SMALL}')]);navigator.msSaveOrOpenBlob(b,'r.zip');",
        f"var b=new Blob([atob('{SMALL[::-1]}'.split('').reverse().join(''))]);{OUT}",
        f"var b=new Blob([new Uint8Array([{NUMBERS}].map(function(c){{return c^55}}))]);{OUT}",
        f"async function g(){{const h=await showSaveFilePicker();(await h.createWritable()).write(atob('{PROGRAM}'))}}",
        f"var b=new Blob([atob('{MIXED}')]);{OUT}",
    ],
    ids=["saved at once", "backwards", "numbers", "picker", "unknown kind"],
)
def test_a_small_file_is_found(script: str) -> None:
    assert severities(detector, f"<html><script>{script}</script></html>".encode(), "offer.html") == [Severity.HIGH]


@pytest.mark.parametrize(
    "script",
    [
        f"document.getElementById('i').src='data:image/png;base64,{base64.b64encode(png()).decode()}';var b=new Blob(['a,b']);{OUT}",
        "var b=new Blob(['a,b\\n1,2'],{type:'text/csv'});" + OUT.replace("doc.zip", "data.csv"),
        f"var table=[{','.join(['1'] * 300)}];var b=new Blob([table.join()]);{OUT.replace('doc.zip', 'data.csv')}",
    ],
    ids=["picture", "table", "numbers of a chart"],
)
def test_a_page_that_saves_its_own_table_or_picture_is_silent(script: str) -> None:
    assert severities(detector, f"<html><script>{script}</script></html>".encode(), "export.html") == []
