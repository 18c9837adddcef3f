"""The head frame and the curved wall of the standard cut, as src/core/deface has them.

Head frame: seven landmarks are the centroids (mm, LPS) of labels: brain 5, face 2 and 4
together, forehead 6, ear left and right (label 3 on the left and right of the brain
centroid; left = larger x), eye left and right (label 4 likewise). A head is carried into
the frame by the rigid motion (Kabsch, no scale) that best brings its landmarks to the mean
landmarks of wall.json.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi

NAMES = ("brain", "face", "forehead", "earLeft", "earRight", "eyeLeft", "eyeRight")
MIRROR = [0, 1, 2, 4, 3, 6, 5]
STEEPEST = 3.0
DEEPEST_MM = 26.0
REACH_MM = 160
BESIDE_MM, FURTHER_MM = (45.0, 70.0), 12.0
WALL = Path(__file__).resolve().parents[1] / "wall.json"


def landmarks(labels: np.ndarray, spacing_mm: float = 2.0) -> np.ndarray:
    """The seven centroids in mm as x, y, z, shape (7, 3); NaN where a label is absent."""
    def center(points: np.ndarray) -> np.ndarray:
        return points.mean(0) if len(points) > 20 else np.full(3, np.nan)

    def points(mask: np.ndarray) -> np.ndarray:
        return np.argwhere(mask)[:, ::-1] * spacing_mm

    brain = center(points(labels == 5))
    out = [brain, center(points((labels == 2) | (labels == 4))), center(points(labels == 6))]
    for label in (3, 4):
        at = points(labels == label)
        left = at[:, 0] > brain[0]
        out += [center(at[left]), center(at[~left])]
    return np.array(out)


def kabsch(points: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rotation R (3, 3) and shift t (3,) with target ~ points @ R.T + t."""
    a, b = points - points.mean(0), target - target.mean(0)
    u, _, vt = np.linalg.svd(a.T @ b)
    flip = np.diag([1, 1, np.sign(np.linalg.det(vt.T @ u.T))])
    r = vt.T @ flip @ u.T
    return r, target.mean(0) - r @ points.mean(0)


@dataclass(frozen=True)
class Wall:
    """The mean landmarks (7, 3) and the surface y = a + c z + d z^2 + g z^3 + x^2 (b + e z + f x^2)."""

    landmarks: np.ndarray
    coefficients: dict[str, float]
    z_mm: tuple[float, float]

    @staticmethod
    def read(path: Path = WALL) -> "Wall":
        box = json.loads(path.read_text())
        return Wall(np.array([box["landmarks"][n] for n in NAMES]), box["coefficients"], tuple(box["zMm"]))

    def y(self, x: np.ndarray, z: np.ndarray, depth_mm: float) -> np.ndarray:
        """y of the wall `depth_mm` behind the surface, measured through it; z is clamped to `z_mm`."""
        q = self.coefficients
        z = np.clip(z, *self.z_mm)
        dx = x * (2 * q["b"] + 2 * q["e"] * z + 4 * q["f"] * x * x)
        dz = q["c"] + 2 * q["d"] * z + 3 * q["g"] * z * z + q["e"] * x * x
        oblique = np.minimum(STEEPEST, np.sqrt(1 + dx * dx + dz * dz))
        flat = q["a"] + q["c"] * z + q["d"] * z * z + q["g"] * z ** 3 + x * x * (q["b"] + q["e"] * z + q["f"] * x * x)
        beside = np.clip((np.abs(x) - BESIDE_MM[0]) / (BESIDE_MM[1] - BESIDE_MM[0]), 0, 1)
        return flat + depth_mm * oblique + FURTHER_MM * beside * beside * (3 - 2 * beside)


@dataclass(frozen=True)
class HeadFrame:
    """Rigid motion from a head's own mm (voxel * spacing) to the frame, and its seen face.

    `cells[v, u]`: 1 mm map over (x, z) = (u, v) - REACH_MM where the face is seen from the front.
    """

    rotation: np.ndarray
    shift: np.ndarray
    cells: np.ndarray

    @staticmethod
    def of(labels: np.ndarray, wall: Wall, spacing_mm: float = 2.0) -> "HeadFrame | None":
        """From labels [k, j, i]; None with fewer than three landmarks or hardly any face."""
        at = landmarks(labels, spacing_mm)
        known = ~np.isnan(at[:, 0])
        zone = (labels == 2) | (labels == 4)
        if known.sum() < 3 or not known[1] or zone.sum() < 3000:
            return None
        r, t = kabsch(at[known], wall.landmarks[known])
        points = np.argwhere(zone)[:, ::-1] * spacing_mm @ r.T + t
        points = points[points[:, 1] <= wall.y(points[:, 0], points[:, 2], DEEPEST_MM)]
        n = 2 * REACH_MM + 1
        u, v = (np.clip(np.rint(points[:, a]).astype(int) + REACH_MM, 0, n - 1) for a in (0, 2))
        cells = np.zeros((n, n), bool)
        cells[v, u] = True
        cells = ndi.binary_dilation(cells, np.ones((3, 3)))
        cells = ndi.binary_fill_holes(ndi.binary_closing(cells, np.ones((11, 11))))
        return HeadFrame(r, t, cells)

    def in_front(self, points: np.ndarray, wall: Wall, depth_mm: float) -> np.ndarray:
        """True for points (3, ...) in the head's mm that the standard cut opens: the column up to the wall."""
        x, y, z = (sum(self.rotation[a, b] * points[b] for b in range(3)) + self.shift[a] for a in range(3))
        n = len(self.cells)
        u, v = (np.clip(np.rint(a).astype(int) + REACH_MM, 0, n - 1) for a in (x, z))
        return self.cells[v, u] & (y < wall.y(x, z, depth_mm))
