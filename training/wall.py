"""Fits the curved wall: one smooth surface just behind the face skin of all training people.

    python3 training/wall.py            (after the cache exists; writes training/wall.json)

The head frame is that of efface_training/frame.py; it is symmetric in x (every head counts
together with its mirror image), its origin is the mean brain centroid, its axes are about LPS.

Surface: y = a + b x^2 + c z + d z^2 + e x^2 z + f x^4 + g z^3, mm, y towards posterior, by
quantile regression: 90 % of the skin lies in front of it. Negative residual
(y_skin - y_surface) = skin in front of the surface.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from efface_training.frame import MIRROR, NAMES, kabsch, landmarks  # noqa: E402
from efface_training.heads import read_split  # noqa: E402

MM = 2.0
# Share of the skin that lies in front of the fitted surface.
SHARE_IN_FRONT = 0.9
RIM_MM = 10.0


def mean_frame(heads: list[np.ndarray], rounds: int = 10) -> np.ndarray:
    """Mean landmarks (7, 3): generalized Procrustes over heads and their mirror images."""
    both = heads + [head[MIRROR] * [-1, 1, 1] for head in heads]
    mean = np.mean([head - head[0] for head in both], 0)
    for _ in range(rounds):
        moved = []
        for head in both:
            r, t = kabsch(head, mean)
            moved.append(head @ r.T + t)
        mean = np.mean(moved, 0)
        mean -= mean[0]
    return mean


def face_skin(labels: np.ndarray) -> np.ndarray:
    """Skin voxels of the face zone at least 10 mm inside its rim, (n, 3) mm."""
    air = labels == 0
    skin = ~air & ndi.binary_dilation(air, border_value=0)
    skin[0] = False
    zone = (labels == 2) | (labels == 4)
    other = skin & ~zone
    far = ndi.distance_transform_edt(~other, sampling=MM) >= RIM_MM
    return np.argwhere(skin & zone & far)[:, ::-1] * MM


def front_only(points: np.ndarray, cell_mm: float = 3.0) -> np.ndarray:
    """The most anterior point of every 3 mm column along y (drops the skin under the chin)."""
    cells = np.floor(points[:, [0, 2]] / cell_mm).astype(int)
    order = np.lexsort((points[:, 1], cells[:, 1], cells[:, 0]))
    cells = cells[order]
    first = np.r_[True, (np.diff(cells, axis=0) != 0).any(1)]
    return points[order][first]


def terms(points: np.ndarray) -> np.ndarray:
    """Columns 1, x^2, z, z^2, x^2 z, x^4, z^3."""
    x, z = points[:, 0], points[:, 2]
    return np.stack([np.ones_like(x), x * x, z, z * z, x * x * z, x ** 4, z ** 3], 1)


def quantile_fit(a: np.ndarray, y: np.ndarray, q: float, rounds: int = 200) -> np.ndarray:
    """Coefficients of the quantile `q` regression of y on the columns of a, by reweighting."""
    size = np.abs(a).mean(0)
    a = a / size
    c = np.linalg.lstsq(a, y, rcond=None)[0]
    for _ in range(rounds):
        rest = y - a @ c
        weight = np.sqrt(np.where(rest > 0, q, 1 - q) / np.maximum(np.abs(rest), 0.3))
        c = np.linalg.lstsq(a * weight[:, None], y * weight, rcond=None)[0]
    return c / size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=HERE / "data/cache")
    args = parser.parse_args()
    split = read_split(HERE / "split.json")

    def labels_of(name: str) -> np.ndarray:
        with np.load(args.cache / f"ixi-{name}.npz") as box:
            return box["labels"]

    def skin_in_frame(name: str, mean: np.ndarray) -> np.ndarray:
        labels = labels_of(name)
        r, t = kabsch(landmarks(labels), mean)
        return front_only(face_skin(labels) @ r.T + t)

    mean = mean_frame([landmarks(labels_of(name)) for name in split["train"]])
    skins = [skin_in_frame(name, mean) for name in split["train"]]
    points = np.concatenate(skins)
    points = np.concatenate([points, points * [-1, 1, 1]])
    coefficients = quantile_fit(terms(points), points[:, 1], SHARE_IN_FRONT)

    def spread(at: np.ndarray) -> dict[str, float]:
        rest = at[:, 1] - terms(at) @ coefficients
        return {str(q): round(float(np.percentile(rest, q)), 2) for q in (1, 5, 25, 50, 75, 95, 99)}

    residual = points[:, 1] - terms(points) @ coefficients
    offsets = [float(np.median(s[:, 1] - terms(s) @ coefficients)) for s in skins]
    apart = [np.sqrt(((landmarks(labels_of(n)) @ kabsch(landmarks(labels_of(n)), mean)[0].T
                       + kabsch(landmarks(labels_of(n)), mean)[1] - mean) ** 2).sum(1)) for n in split["train"]]
    held = np.concatenate([skin_in_frame(name, mean) for name in split["validation"]])
    result = {
        "frame": "LPS mm, origin = mean brain centroid, symmetric in x; rigid Kabsch of the landmarks",
        "people": len(split["train"]),
        "landmarks": {name: [round(float(v), 2) for v in at] for name, at in zip(NAMES, mean)},
        "landmarkSpreadMm": {name: round(float(v), 2) for name, v in zip(NAMES, np.mean(apart, 0))},
        "surface": "y = a + b x^2 + c z + d z^2 + e x^2 z + f x^4 + g z^3, 90 % of the skin in front of it",
        "coefficients": {name: float(f"{v:.6g}") for name, v in zip("abcdefg", coefficients)},
        "xMm": [round(float(v), 1) for v in np.percentile(points[:, 0], [0.5, 99.5])],
        "zMm": [round(float(v), 1) for v in np.percentile(points[:, 2], [0.5, 99.5])],
        "rmsMm": round(float(np.sqrt((residual ** 2).mean())), 2),
        "residualPercentilesMm": spread(points),
        "residualPercentilesHeldOutMm": spread(held),
        "headOffsetMm": {"sd": round(float(np.std(offsets)), 2), "min": round(min(offsets), 2),
                         "max": round(max(offsets), 2)},
    }
    (HERE / "wall.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
