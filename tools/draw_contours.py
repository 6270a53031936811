"""Draw the map of departments once, from a file of contours: whole coordinates, borders that neighbours share.

    uv run --no-project --with shapely tools/draw_contours.py departements.geojson > syntheses/contours.json

The file: IGN Admin Express 2018 through france-geojson (Licence Ouverte 2.0), simplified; `code` on each feature.
"""

import itertools
import json
import math
import sys
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

SOURCE = "IGN Admin Express 2018, par france-geojson. Licence Ouverte 2.0"
WIDTH = 1000
TOLERANCE = 4.2
SMALLEST = 7  # square units: an island below this is a speck
OVERSEAS = ("971", "972", "973", "974", "976")
COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")
LENS = ("75", "92", "93", "94")
LENS_AT, LENS_RADIUS, RING_RADIUS = (98, 98), 94, 16
INSET_TOP, INSET_HEIGHT, INSET_WIDTH = 940, 92, 112
TILE = 44
SOUTH, NORTH, MIDDLE = math.radians(44), math.radians(49), math.radians(46.5)


def conic(longitude: float, latitude: float) -> tuple[float, float]:
    """Lambert's conformal conic, as on French maps; y grows downwards."""

    def height(angle: float) -> float:
        return math.tan(math.pi / 4 + angle / 2)

    n = math.log(math.cos(SOUTH) / math.cos(NORTH)) / math.log(height(NORTH) / height(SOUTH))
    f = math.cos(SOUTH) * height(SOUTH) ** n / n
    rho, middle = f / height(math.radians(latitude)) ** n, f / height(MIDDLE) ** n
    turn = n * math.radians(longitude - 3)
    return rho * math.sin(turn), -(middle - rho * math.cos(turn))


def flat(longitude: float, latitude: float, about: float) -> tuple[float, float]:
    """Good enough for an island: a degree of longitude shortened as it is there."""
    return longitude * math.cos(math.radians(about)), -latitude


def fit(areas: dict, box: tuple[float, float, float, float], *, tolerance: float) -> dict:
    """Scaled into the box (left, top, width, height), centred, then simplified with their borders kept shared."""
    left, top, right, bottom = MultiPolygon([p for area in areas.values() for p in parts(area)]).bounds
    scale = min(box[2] / (right - left), box[3] / (bottom - top))
    x = box[0] + (box[2] - scale * (right - left)) / 2 - scale * left
    y = box[1] + (box[3] - scale * (bottom - top)) / 2 - scale * top
    moved = [shapely.transform(area, lambda points: points * scale + (x, y)) for area in areas.values()]
    return dict(zip(areas, shapely.coverage_simplify(moved, tolerance), strict=True))


def parts(area: Polygon | MultiPolygon) -> list[Polygon]:
    return list(area.geoms) if isinstance(area, MultiPolygon) else [area]


def path(area: Polygon | MultiPolygon, *, smallest: float = SMALLEST) -> str:
    """Whole coordinates, each relative to the one before."""
    polygons = sorted(parts(area), key=lambda polygon: -polygon.area)
    kept = [polygons[0], *(polygon for polygon in polygons[1:] if polygon.area >= smallest)]
    rings = [ring for polygon in kept for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(drawn(ring.coords) for ring in rings)


def drawn(coordinates) -> str:
    points = [(round(x), round(y)) for x, y in coordinates]
    points = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    if points[0] == points[-1]:
        points.pop()
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    text = f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps)
    return text.replace(" -", "-") + "z"


def draw(features: list[dict]) -> dict:
    found = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in features}
    projected = {
        code: shapely.transform(area, lambda points: [conic(*point) for point in points])
        for code, area in found.items()
        if code not in OVERSEAS
    }
    france = fit(projected, (0, 0, WIDTH, 900), tolerance=TOLERANCE)
    areas = {code: path(area) for code, area in france.items()}
    labels = [{"text": "Paris", "x": LENS_AT[0] + LENS_RADIUS + 18, "y": 44, "side": True}]
    draw_lens(areas, projected)
    for number, code in enumerate(OVERSEAS):
        middle = 100 + number * 200
        about = found[code].centroid.y
        island = {code: shapely.transform(found[code], lambda p, a=about: [flat(*point, a) for point in p])}
        box = (middle - INSET_WIDTH / 2, INSET_TOP, INSET_WIDTH, INSET_HEIGHT)
        areas[code] = path(fit(island, box, tolerance=2)[code], smallest=4)
        labels.append({"text": code, "x": middle, "y": INSET_TOP + INSET_HEIGHT + 44})
    top = INSET_TOP + INSET_HEIGHT + 84
    for number, code in enumerate(COLLECTIVITIES):
        middle = round(62.5 + number * 125)
        areas[code] = f"M{middle - TILE // 2} {top}h{TILE}v{TILE}h-{TILE}z"
        labels.append({"text": code, "x": middle, "y": top + TILE + 44})
    ring = MultiPolygon([p for code in LENS for p in parts(france[code])]).centroid
    return {
        "source": SOURCE,
        "width": WIDTH,
        "height": top + TILE + 58,
        "ring": {"x": round(ring.x), "y": round(ring.y), "r": RING_RADIUS},
        "lens": {"x": LENS_AT[0], "y": LENS_AT[1], "r": LENS_RADIUS},
        "labels": labels,
        "areas": dict(sorted(areas.items())),
    }


def draw_lens(areas: dict[str, str], projected: dict) -> None:
    """The four smallest departments, drawn a second time: one path, so that both are always in the same state."""
    side = LENS_RADIUS * 1.42
    box = (LENS_AT[0] - side / 2, LENS_AT[1] - side / 2, side, side)
    for code, area in fit({code: projected[code] for code in LENS}, box, tolerance=3).items():
        areas[code] += path(area)


if __name__ == "__main__":
    collection = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(draw(collection["features"]), sys.stdout, ensure_ascii=False, indent=0)
    sys.stdout.write("\n")
