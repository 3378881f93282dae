"""The tree of what is in a source as nested lists that fold without script: one text, since a page may hold thousands of entries."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from gifthorse.desk import labels
from gifthorse.desk.templatetags.desk import in_bytes
from gifthorse.inspect.report import parts
from gifthorse.inspect.report.tree import Node, tree
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Inspection

_LEAVES: Final = frozenset({"file", "container"})


def tree_page(result: Inspection, verdict_address: str) -> dict[str, Any]:
    """The names that the template of the tree uses; marks lead to the findings on the page at *verdict_address*."""
    severities = {matter.number: group.severity for group in parts.findings_by_severity(result) for matter in group.matters}
    top = tree(result)
    drawing = "".join(_Drawing(verdict_address, severities).twigs(top)) if top.children or top.unlisted else ""
    return {"result": result, "top": top, "tree": mark_safe(drawing)}  # noqa: S308 - every value is escaped below


class _Drawing:
    """Writes the nodes; what is said at each is looked up once."""

    def __init__(self, address: str, severities: Mapping[int, Severity]) -> None:
        self._address = escape(address)
        self._marks = {number: self._mark(number, severity) for number, severity in severities.items()}
        self._deleted = escape(gettext("deleted"))

    def twigs(self, node: Node) -> Iterator[str]:
        """What lies in *node*, as a list."""
        yield "<ul>"
        for child in node.children:
            yield "<li>"
            if child.children or child.unlisted:
                yield f"<details{' open' if child.open else ''}><summary>{self._told(child)}</summary>{self._marked(child)}"
                yield from self.twigs(child)
                yield "</details>"
            else:
                yield self._told(child) + self._marked(child)
            yield "</li>"
        if node.unlisted:
            yield f'<li class="soft">{self._unlisted(node)}</li>'
        yield "</ul>"

    def _told(self, node: Node) -> str:
        facts = [in_bytes(node.size)]
        if node.kind not in _LEAVES:
            facts.append(ngettext("{number} file", "{number} files", node.files).format(number=f"{node.files:,}"))
        elif node.type:
            facts.append(node.type.replace("-", " "))
        if node.below:
            facts.append(ngettext("{number} finding inside", "{number} findings inside", node.below).format(number=f"{node.below:,}"))
        gone = f'<span class="visually-hidden">{self._deleted} </span>' if node.deleted else ""
        gravest = f" s-{node.gravest}" if node.gravest else ""
        return f'{gone}{self._name(node)} <span class="of{gravest}">{escape(" · ".join(facts))}</span>'

    @staticmethod
    def _name(node: Node) -> str:
        if node.kind == "partition":
            return f"<b>{escape(gettext('Partition {number}').format(number=node.partition))}</b>"
        slash = "/" if node.kind == "folder" else ""
        struck = " gone" if node.deleted else ""
        return f'<bdi class="untrusted{struck}">{escape(node.name)}</bdi>{slash}'

    def _marked(self, node: Node) -> str:
        return "".join(self._marks[number] for number in node.numbers)

    def _mark(self, number: int, severity: Severity) -> str:
        words = escape(labels.SEVERITIES[severity])
        return f' <a class="tag s-{severity}" href="{self._address}#finding-{number}">{number} {words}</a>'

    @staticmethod
    def _unlisted(node: Node) -> str:
        kinds = ", ".join(f"{name.replace('-', ' ')} {count:,}" for name, count in node.unlisted_types)
        told = ngettext("{number} more, not listed here: {kinds}", "{number} more, not listed here: {kinds}", node.unlisted)
        return escape(told.format(number=f"{node.unlisted:,}", kinds=kinds))
