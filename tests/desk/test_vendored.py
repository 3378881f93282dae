"""What was not written here is exactly what its makers published, and nothing else lies beside it."""

import base64
import hashlib

from gifthorse.desk.settings import HERE

VENDOR = HERE / "static" / "vendor"


def listed():
    lines = [
        line.split(maxsplit=2) for line in (VENDOR / "HASHES").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {name: digest for digest, name, _origin in lines}


def test_every_vendored_file_has_its_recorded_digest():
    for name, digest in listed().items():
        assert base64.b64encode(hashlib.sha384((VENDOR / name).read_bytes()).digest()).decode() == digest, name


def test_nothing_unlisted_lies_beside_them():
    lying = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    licences = {name for name in lying if name.endswith(".txt")}
    assert lying - licences - {"HASHES"} == set(listed())


def test_each_has_its_licence_beside_it():
    assert {"htmx.LICENSE.txt", "fonts/OFL-source-serif-4.txt", "fonts/OFL-source-sans-3.txt", "fonts/OFL-source-code-pro.txt"} <= {
        str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*.txt")
    }


def test_htmx_neither_evaluates_text_nor_writes_styles():
    page = (HERE / "templates" / "document.html").read_text(encoding="utf-8")
    assert '"allowEval": false' in page
    assert '"includeIndicatorStyles": false' in page
