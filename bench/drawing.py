"""Small drawings as SVG text, readable on light and dark pages alike: they bring their own two sets of colours."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

_STYLE: Final = """<style>
text{font:13px system-ui,sans-serif;fill:#1f2328}.quiet{fill:#59636e}.bar{fill:#2f6f6a}.line{fill:none;stroke:#2f6f6a;stroke-width:2}
.other{stroke:#a4552a}.dot{fill:#2f6f6a}.dot.other{fill:#a4552a;stroke:none}.axis{stroke:#8b949e;stroke-width:1}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.bar,.dot{fill:#5fb3aa}.line{stroke:#5fb3aa}.other{stroke:#e09a6a}
.dot.other{fill:#e09a6a}}
</style>"""
_WIDTH: Final = 720
_NAMES: Final = 230
_LINE: Final = 26
_TOP: Final = 48


def bars(title: str, shares: Sequence[tuple[str, float]]) -> str:
    """A bar for each of *shares* (name, 0 to 1), in the order given."""
    height = _TOP + _LINE * len(shares) + 12
    room = _WIDTH - _NAMES - 70
    largest = max((share for _name, share in shares), default=1.0) or 1.0
    lines = [f'<text x="0" y="20">{escape(title)}</text>']
    for number, (name, share) in enumerate(shares):
        y = _TOP + number * _LINE
        wide = max(1.0, room * share / largest)
        lines += [
            f'<text class="quiet" x="{_NAMES - 10}" y="{y + 13}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="bar" x="{_NAMES}" y="{y}" width="{wide:.1f}" height="18" rx="2"/>',
            f'<text x="{_NAMES + wide + 8:.1f}" y="{y + 13}">{share:.1%}</text>',
        ]
    said = "; ".join(f"{name} {share:.1%}" for name, share in shares)
    return _picture(title, said, height, lines)


def curve(title: str, across: str, up: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """A line through the points of each of *lines*, on axes that begin at nought, with every point's value written beside it."""
    height, left, bottom = 340, 60, 290
    points = [point for line in lines.values() for point in line]
    most_x, most_y = (max((point[axis] for point in points), default=1.0) or 1.0 for axis in (0, 1))
    drawn = [
        f'<text x="0" y="20">{escape(title)}</text>',
        f'<path class="axis" fill="none" d="M{left} {_TOP}V{bottom}H{_WIDTH - 40}"/>',
        f'<text class="quiet" x="{_WIDTH - 40}" y="{bottom + 36}" text-anchor="end">{escape(across)}</text>',
        f'<text class="quiet" x="0" y="{_TOP}">{escape(up)}</text>',
    ]
    for number, (name, line) in enumerate(lines.items()):
        kind = " other" if number else ""
        placed = [
            (left + (_WIDTH - left - 60) * x / most_x, bottom - (bottom - _TOP) * y / most_y, x, y) for x, y in sorted([(0.0, 0.0), *line])
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _files, _seconds in placed)
        drawn.append(f'<polyline class="line{kind}" points="{path}"/>')
        for x, y, files, seconds in placed[1:]:
            above = all(seconds >= other for one in lines.values() for at, other in one if at == files)
            across_by, down_by, anchor = (-6, -6, "end") if above else (6, 16, "start")
            if not above and x > _WIDTH - 160:
                across_by, down_by, anchor = -6, 30, "end"
            place = f'x="{x + across_by:.1f}" y="{y + down_by:.1f}" text-anchor="{anchor}"'
            drawn += [
                f'<circle class="dot{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>',
                f'<text class="quiet" {place}>{escape(name)} {seconds:.1f}</text>',
            ]
            if not number:
                drawn.append(f'<text class="quiet" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{files:,.0f}</text>')
    said = "; ".join(f"{name}: " + ", ".join(f"{y:.1f} {up} for {x:,.0f}" for x, y in line) for name, line in lines.items())
    return _picture(title, said, height, drawn)


def _picture(title: str, said: str, height: int, lines: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="title said">'
    words = f'<title id="title">{escape(title)}</title><desc id="said">{escape(said)}</desc>'
    return "\n".join([head, words, _STYLE, *lines, "</svg>", ""])
