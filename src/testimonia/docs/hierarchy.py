"""SVG picture of a scheme's tree: one row for each term, indented below its broader term.

It is written without a library, so that the same terms give the same bytes on every machine.
"""

from xml.etree import ElementTree as ET

from testimonia.docs.model import Definition

_ROW, _STEP, _LEFT = 22, 26, 14
_LETTER = 8.5
"""Width that a letter of a label is given: that of a bold one, on the average, with room to spare."""
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1b1b1b}path{stroke:#8a8a8a;fill:none}"
    ".top{font-weight:600}rect{fill:#fff}circle{fill:#1d5a8a}"
)


def draw_hierarchy(terms: list[Definition], title: str) -> str:
    """Return the SVG of a scheme's terms; terms of several broader ones stand under the first."""
    rows = _list_rows(terms)
    height = _ROW * len(rows) + _ROW
    width = round(max(_LEFT + depth * _STEP + 20 + len(term.label) * _LETTER for depth, term in rows))
    svg = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}", role="img")
    svg.set("width", str(width))
    svg.set("height", str(height))
    ET.SubElement(svg, "title").text = title
    ET.SubElement(svg, "style").text = _STYLE
    ET.SubElement(svg, "rect", width=str(width), height=str(height))
    last_at: dict[int, int] = {}
    for number, (depth, term) in enumerate(rows):
        x, y = _LEFT + depth * _STEP, _ROW * number + _ROW
        if depth:
            ET.SubElement(svg, "path", d=f"M{x - _STEP} {last_at[depth - 1] + 5}V{y}H{x - 5}")
        last_at[depth] = y
        ET.SubElement(svg, "circle", cx=str(x), cy=str(y), r="4")
        text = ET.SubElement(svg, "text", x=str(x + 10), y=str(y + 5))
        text.set("class", "" if depth else "top")
        text.text = term.label
    ET.indent(svg, " ")
    return ET.tostring(svg, encoding="unicode") + "\n"


def _list_rows(terms: list[Definition]) -> list[tuple[int, Definition]]:
    """Return (depth, term) in the order of the tree."""
    among = {term.iri for term in terms}
    below: dict[str, list[Definition]] = {}
    for term in terms:
        above = next((iri for iri in term.values.get("skos:broader", ()) if iri in among), "")
        below.setdefault(above, []).append(term)

    def walk(iri: str, depth: int) -> list[tuple[int, Definition]]:
        return [row for d in below.get(iri, []) for row in ((depth, d), *walk(d.iri, depth + 1))]

    return walk("", 0)
