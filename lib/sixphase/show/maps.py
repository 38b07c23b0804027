"""The thematic map for eyes and for other programs: SVG and PNG, draw.io and GraphML; and its versions side by side."""

import textwrap
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..problems import count
from ..themes.maps import ThematicMap
from .results import Figure

WIDTH, ROW = 9.6, 0.62  # inches: of the picture, and of one row
BOX = {"theme": (0.2, 0.86), "subtheme": (0.2, 0.5)}  # width as a share of the picture, height in inches
FILL = {"theme": "#dcebf5", "subtheme": "#ffffff"}
DOTS = 100  # draw.io's units in an inch


@dataclass
class MapFigure(Figure):
    """A thematic map: a figure that also keeps itself for draw.io and as GraphML."""

    map: ThematicMap = field(kw_only=True, repr=False)

    def write(self, folder: Path, name: str) -> None:
        """Keep it as figures/<name>.svg, .png, .drawio and .graphml."""
        super().write(folder, name)
        (folder / "figures" / f"{name}.drawio").write_text(drawio(self.map, self.caption, self.label), encoding="utf-8", newline="\n")
        (folder / "figures" / f"{name}.graphml").write_text(graphml(self.map, self.caption, self.label), encoding="utf-8", newline="\n")


def thematic_map(laid: ThematicMap, caption: str) -> MapFigure:
    """The map as people drew it: themes in bold boxes, subthemes beside them, relations with their words; what opposes is dashed, with two heads.

    Size says nothing: a theme heard from few is drawn as large as the others.

    Parameters
    ----------
    laid : ThematicMap
        The result of `themes.thematic_map`.
    """
    def draw(figure) -> None:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(laid.rows * ROW + 0.2, -0.2)
        axes.axis("off")
        places = {node.id: (node.x * WIDTH, node.y * ROW) for node in laid.nodes.itertuples()}
        for node in laid.nodes[laid.nodes["level"] == "subtheme"].itertuples():
            (x, y), (theme_x, theme_y) = places[node.id], places[node.of]
            inward = 1 if theme_x > x else -1
            axes.plot([x + inward * BOX["subtheme"][0] * WIDTH / 2, theme_x - inward * BOX["theme"][0] * WIDTH / 2], [y, theme_y], color="#9a9a9a", linewidth=1, zorder=1)
        for line in laid.lines.to_dict("records"):
            _relation(axes, line, places, laid)
        for node in laid.nodes.itertuples():
            _box(axes, node, *places[node.id])

    themes = laid.nodes[laid.nodes["level"] == "theme"]
    said = "; ".join(f"{line['from']} {line['label']} {line['to']}" for line in laid.lines.to_dict("records")) or "none drawn"
    return MapFigure(draw, caption, f"Thematic map of {len(themes)} themes and {len(laid.nodes) - len(themes)} subthemes. Relations: {said}.", width=WIDTH,
                     height=laid.rows * ROW + 0.4, empty=laid.nodes.empty, map=laid)


def _box(axes, node, x: float, y: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    width, height = BOX[node.level][0] * WIDTH, BOX[node.level][1]
    axes.add_patch(FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.08", facecolor=FILL[node.level],
                                  edgecolor="#0072b2", linewidth=1.8 if node.level == "theme" else 0.8, zorder=3))
    axes.text(x, y, "\n".join(textwrap.wrap(node.name, 24 if node.level == "theme" else 29)), ha="center", va="center", zorder=4,
              fontsize=8.5 if node.level == "theme" else 7.5, weight="bold" if node.level == "theme" else "normal")


def _relation(axes, line: dict, places: dict, laid: ThematicMap) -> None:
    """An arrow from the border of one box to the border of another, its words on it."""
    (x1, y1), (x2, y2) = places[line["from"]], places[line["to"]]
    levels = laid.nodes.set_index("id")["level"]
    start, end = _border(x1, y1, x2, y2, levels[line["from"]]), _border(x2, y2, x1, y1, levels[line["to"]])
    axes.annotate("", xy=end, xytext=start, zorder=2, arrowprops={
        "arrowstyle": "<|-|>" if line["opposes"] else "-|>", "color": "#d55e00" if line["opposes"] else "#444444", "linewidth": 1.1,
        "linestyle": "--" if line["opposes"] else "-", "shrinkA": 0, "shrinkB": 0})
    along = 0.5 if x1 == x2 or abs(y1 - y2) < 0.2 else 0.3  # two diagonals cross in the middle
    axes.text(start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]), "\n".join(textwrap.wrap(line["label"], 17 if x1 != x2 else 34)), fontsize=7,
              ha="center", va="center", style="italic", zorder=5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})


def _border(x: float, y: float, to_x: float, to_y: float, level: str) -> tuple[float, float]:
    """Where a line from the middle of a box to another point leaves the box."""
    half_width, half_height = BOX[level][0] * WIDTH / 2 + 0.03, BOX[level][1] / 2 + 0.03
    across, down = to_x - x, to_y - y
    share = min(half_width / abs(across) if across else 1e9, half_height / abs(down) if down else 1e9)
    return x + across * share, y + down * share


def map_versions(versions: list[tuple[str, pd.DataFrame]], caption: str) -> Figure:
    """Versions of the grouping side by side: the themes of each day with their subthemes and the number of codes under them; those let go are struck.

    Parameters
    ----------
    versions : list of (str, DataFrame)
        A heading, such as v0 and its day, and a result of `themes.as_of`.
    """
    columns = [(heading, _listed(board)) for heading, board in versions]
    height = max([1.0, *(sum(0.16 * len(lines) + 0.06 for lines, *_ in rows) for _, rows in columns)]) + 0.5
    wide = 9.6

    def draw(figure) -> None:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, wide)
        axes.set_ylim(height, 0)
        axes.axis("off")
        for number, (heading, rows) in enumerate(columns):
            left, y = 0.1 + number * (wide - 0.2) / len(columns), 0.2
            axes.text(left, y, heading, fontsize=8.5, weight="bold", va="center", color="#0072b2")
            y += 0.26
            for lines, level, let_go in rows:
                for line in lines:
                    axes.text(left + (0.16 if level == "subtheme" else 0), y, line, fontsize=7.5, va="center", color="#6a6a6a" if let_go else "black",
                              weight="bold" if level == "theme" and not let_go else "normal", style="italic" if let_go else "normal")
                    y += 0.16
                y += 0.06
            if number:
                axes.plot([left - 0.08, left - 0.08], [0.1, height - 0.05], color="#d0d0d0", linewidth=0.7)

    return Figure(draw, caption, "; ".join(f"{heading}: {sum(1 for _, level, gone in rows if level == 'theme' and not gone)} themes" for heading, rows in columns),
                  width=wide, height=height, empty=not versions)


def _listed(board: pd.DataFrame) -> list[tuple[list[str], str, bool]]:
    """The lines of one version: each theme, folded, its subthemes under it; those let go at the end."""
    rows = []
    stands = board[board["status"] != "let go"]
    for theme in stands[stands["parent"].isna()].to_dict("records"):
        below = stands[stands["parent"] == theme["theme_id"]].to_dict("records")
        codes = len({code for entry in [theme, *below] for code in entry["codes"]})
        rows.append((textwrap.wrap(f"{theme['name']} ({count(codes, 'code').replace(' ', chr(160))})", 31), "theme", False))
        rows += [(textwrap.wrap(f"– {sub['name']} ({len(sub['codes'])})", 35, subsequent_indent="   "), "subtheme", False) for sub in below]
    rows += [(textwrap.wrap(f"✗ let go: {name}", 38, subsequent_indent="   "), "theme", True) for name in board.loc[board["status"] == "let go", "name"]]
    return rows


def drawio(laid: ThematicMap, caption: str, label: str = "") -> str:
    """The map as a draw.io file, to be drawn further by hand."""
    file = ET.Element("mxfile", {"host": "sixphase"})
    root = ET.SubElement(ET.SubElement(ET.SubElement(file, "diagram", {"id": "thematic-map", "name": "Thematic map"}), "mxGraphModel"), "root")
    ET.SubElement(root, "mxCell", {"id": "0"})
    ET.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    for node in laid.nodes.itertuples():
        width, height = BOX[node.level][0] * WIDTH, BOX[node.level][1]
        style = f"rounded=1;whiteSpace=wrap;html=0;fillColor={FILL[node.level]};strokeColor=#0072b2;" + ("fontStyle=1;strokeWidth=2;" if node.level == "theme" else "")
        _cell(root, node.id, node.name, style, node.x * WIDTH - width / 2, node.y * ROW - height / 2, width, height)
    _cell(root, "caption", f"{caption} {label}".strip(), "text;html=0;align=left;whiteSpace=wrap;", 0, laid.rows * ROW + 0.2, WIDTH, 0.5)
    own = [{"from": node.id, "to": node.of, "label": "", "opposes": False} for node in laid.nodes.dropna(subset="of").itertuples()]
    for number, line in enumerate([*own, *laid.lines.to_dict("records")], start=1):
        style = "endArrow=none;strokeColor=#9a9a9a;html=0;" if not line["label"] else (
            "startArrow=block;endArrow=block;dashed=1;strokeColor=#d55e00;html=0;" if line["opposes"] else "endArrow=block;html=0;")
        cell = ET.SubElement(root, "mxCell", {"id": f"line-{number}", "value": line["label"], "style": style, "edge": "1", "parent": "1",
                                              "source": line["from"], "target": line["to"]})
        ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    ET.indent(file)
    return ET.tostring(file, encoding="unicode") + "\n"


def _cell(root, name: str, value: str, style: str, x: float, y: float, width: float, height: float) -> None:
    cell = ET.SubElement(root, "mxCell", {"id": name, "value": value, "style": style, "vertex": "1", "parent": "1"})
    ET.SubElement(cell, "mxGeometry", {name: f"{round(number * DOTS)}" for name, number in (("x", x), ("y", y), ("width", width), ("height", height))} | {"as": "geometry"})


def graphml(laid: ThematicMap, caption: str, label: str = "") -> str:
    """The map as GraphML, for programs that draw and reckon with networks: names, levels, codes and the words of each relation."""
    import networkx

    graph = networkx.MultiDiGraph(caption=caption, label=label)
    for node in laid.nodes.itertuples():
        graph.add_node(node.id, name=node.name, level=node.level, codes=", ".join(node.codes), x=round(node.x * WIDTH * DOTS), y=round(node.y * ROW * DOTS))
    for node in laid.nodes.dropna(subset="of").itertuples():
        graph.add_edge(node.id, node.of, label="is part of", because="")
    for line in laid.lines.to_dict("records"):
        graph.add_edge(line["from"], line["to"], label=line["label"], because=line["because"] if pd.notna(line["because"]) else "")
    return "\n".join(networkx.generate_graphml(graph)) + "\n"
