"""Fits the curved wall: one smooth surface behind the face skin of all training people.

    python3 training/wall.py            (after the cache exists; writes training/wall.json)

Head frame: seven landmarks are the centroids (mm, LPS) of labels: brain 5, face 2 and 4
together, forehead 6, ear left and right (label 3 on the left and right of the brain
centroid; left = larger x), eye left and right (label 4 likewise). A head is carried into
the frame by the rigid motion (Kabsch, no scale) that best brings its landmarks to the mean
landmarks. The frame is symmetric in x (every head counts together with its mirror image),
its origin is the mean brain centroid, its axes are about LPS.

Surface: y = a + b x^2 + c z + d z^2 + e x^2 z + f x^4 + g z^3, mm, y towards posterior, with 90 % of
the skin in front of it (quantile regression): noses would draw a mean surface forwards, and
the wall would then have to be moved back by what they stand out. Negative residual
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

from efface_training.heads import read_split  # noqa: E402

NAMES = ("brain", "face", "forehead", "earLeft", "earRight", "eyeLeft", "eyeRight")
MIRROR = [0, 1, 2, 4, 3, 6, 5]
MM = 2.0
# Share of the skin that lies in front of the fitted surface.
SHARE_IN_FRONT = 0.9
RIM_MM = 10.0


def landmarks(labels: np.ndarray) -> np.ndarray:
    """The seven centroids in mm, shape (7, 3) as x, y, z."""
    def points(mask: np.ndarray) -> np.ndarray:
        return np.argwhere(mask)[:, ::-1] * MM

    brain = points(labels == 5).mean(0)
    out = [brain, points((labels == 2) | (labels == 4)).mean(0), points(labels == 6).mean(0)]
    for label in (3, 4):
        at = points(labels == label)
        left = at[:, 0] > brain[0]
        out += [at[left].mean(0), at[~left].mean(0)]
    return np.array(out)


def kabsch(points: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rotation R (3, 3) and shift t (3,) with target ~ points @ R.T + t."""
    a, b = points - points.mean(0), target - target.mean(0)
    u, _, vt = np.linalg.svd(a.T @ b)
    flip = np.diag([1, 1, np.sign(np.linalg.det(vt.T @ u.T))])
    r = vt.T @ flip @ u.T
    return r, target.mean(0) - r @ points.mean(0)


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


def quantile_fit(columns: np.ndarray, y: np.ndarray, share: float, rounds: int = 200) -> np.ndarray:
    """Coefficients with `share` of y below the surface (iteratively reweighted least squares)."""
    scale = np.abs(columns).max(0)
    columns = columns / scale
    coefficients = np.linalg.lstsq(columns, y, rcond=None)[0]
    for _ in range(rounds):
        rest = y - columns @ coefficients
        weight = np.sqrt(np.where(rest > 0, share, 1 - share) / np.maximum(np.abs(rest), 0.3))
        coefficients = np.linalg.lstsq(columns * weight[:, None], y * weight, rcond=None)[0]
    return coefficients / scale


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
