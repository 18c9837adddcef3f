"""The reference of what the browser runs: find the head, label its box, average the mirror.

Steps for a scan (`Volume`, LPS):
1. CT only: the patient mask on a 3 mm grid over the whole scan (normalise.body_mask).
2. `find` on 8 mm windows of 512 mm that cover the scan's bounding box; the window whose
   head part is largest wins (box.head_part); its centre comes from box.box_center.
3. The 3 mm box around that centre is resampled, normalised and labelled plainly and
   mirrored (flipped along i); the probabilities are averaged.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .box import BOX, box_center, head_part
from .network import FIND, LABEL, HeadNet, NetworkSpec
from .normalise import AIR_HU, COUCH_GRID_MM, body_mask, normalise_ct, normalise_mr
from .resample import Grid, from_grid, to_grid
from .volume import Volume


@dataclass
class Result:
    """`labels` uint8 and `probabilities` (7, K, J, I) on `grid`; `mirrored` labels of the second run."""

    grid: Grid
    input: np.ndarray
    probabilities: np.ndarray
    labels: np.ndarray
    plain: np.ndarray
    mirrored: np.ndarray
    found_ml: float


def bounds(volume: Volume) -> tuple[np.ndarray, np.ndarray]:
    """Low and high corner (mm) of the voxel centres' bounding box in LPS."""
    nk, nj, ni = volume.data.shape
    corners = np.array([[i, j, k, 1.0] for i in (0, ni - 1) for j in (0, nj - 1) for k in (0, nk - 1)])
    at = (corners @ volume.affine.T)[:, :3]
    return at.min(0), at.max(0)


def body_of(volume: Volume) -> tuple[np.ndarray, Grid]:
    """Patient mask of a CT on the 3 mm grid that starts at the low corner of the scan."""
    low, high = bounds(volume)
    size = np.ceil((high - low) / COUCH_GRID_MM).astype(int) + 1
    grid = Grid((int(size[0]), int(size[1]), int(size[2])), COUCH_GRID_MM, low)
    hu, fov = to_grid(volume, grid)
    return body_mask(np.where(fov, hu, AIR_HU)), grid


def prepare(volume: Volume, grid: Grid, ct: bool, body: tuple[np.ndarray, Grid] | None) -> np.ndarray:
    """Normalised network input [k, j, i] of a scan on a grid."""
    values, fov = to_grid(volume, grid)
    if not ct:
        return normalise_mr(values, fov)
    if body is not None:
        here = Volume(values, grid.affine)
        inside = from_grid(body[0].astype(np.uint8), body[1], here) > 0
        values = np.where(inside, values, AIR_HU)
    return normalise_ct(values, fov)


def windows(volume: Volume) -> list[Grid]:
    """The 8 mm windows over the scan: one per axis up to 512 mm, else evenly spaced, <= 384 mm apart."""
    low, high = bounds(volume)
    size, starts = FIND.size[0] * FIND.spacing_mm, []
    for axis in range(3):
        spare = high[axis] - low[axis] - size
        n = 1 if spare <= 0 else int(np.ceil(spare / BOX["find"]["maximumStepMm"])) + 1
        middle = (low[axis] + high[axis]) / 2
        starts.append([middle] if n == 1 else list(np.linspace(low[axis] + size / 2, high[axis] - size / 2, n)))
    return [Grid.around(np.array([x, y, z]), FIND.size, FIND.spacing_mm)
            for z in starts[2] for y in starts[1] for x in starts[0]]


def softmax(net: HeadNet, image: np.ndarray) -> np.ndarray:
    """Probabilities (2, classes, K, J, I) of the image and, turned back, of its mirror image."""
    pair = np.stack([image, image[:, :, ::-1]])[:, None]
    with torch.no_grad():
        p = torch.softmax(net(torch.from_numpy(np.ascontiguousarray(pair))), 1).numpy()
    return np.stack([p[0], p[1][..., ::-1]])


def run_box(net: HeadNet, image: np.ndarray, grid: Grid, found_ml: float = 0.0) -> Result:
    """Labels one prepared 3 mm box."""
    both = softmax(net, image)
    mean = both.mean(0)
    plain, mirrored = (p.argmax(0).astype(np.uint8) for p in both)
    return Result(grid, image, mean, mean.argmax(0).astype(np.uint8), plain, mirrored, found_ml)


def find_head(net: HeadNet, volume: Volume, ct: bool,
              body: tuple[np.ndarray, Grid] | None) -> tuple[np.ndarray, float]:
    """Box centre (mm) and the volume (ml) of brain and face that `find` saw (0: no head)."""
    best = (np.zeros(3), 0.0)
    for grid in windows(volume):
        part = head_part(softmax(net, prepare(volume, grid, ct, body))[0])  # the plain run only
        ml = float(part.sum()) * FIND.spacing_mm ** 3 / 1000
        if ml > best[1]:
            best = (box_center(part, grid.origin, FIND.spacing_mm), ml)
    return best


def infer(nets: dict[str, HeadNet], volume: Volume, ct: bool) -> Result | None:
    """The whole flow; None where no head of at least BOX['minimumMl'] is found."""
    body = body_of(volume) if ct else None
    center, found_ml = find_head(nets["find"], volume, ct, body)
    if found_ml < BOX["minimumMl"]:
        return None
    grid = Grid.around(center, LABEL.size, LABEL.spacing_mm)
    return run_box(nets["label"], prepare(volume, grid, ct, body), grid, found_ml)


def dice(a: np.ndarray, b: np.ndarray) -> float:
    """Dice of two masks; 1 where both are empty."""
    total = int(a.sum()) + int(b.sum())
    return 2 * int((a & b).sum()) / total if total else 1.0


def agreement(result: Result) -> tuple[float, float]:
    """Dice of removal (2 and 3) and of brain between the plain and the mirrored run."""
    removal = [(x == 2) | (x == 3) for x in (result.plain, result.mirrored)]
    return dice(*removal), dice(result.plain == 5, result.mirrored == 5)


def box_ml(spec: NetworkSpec, mask: np.ndarray) -> float:
    """Volume of a mask on this network's grid in ml."""
    return float(mask.sum()) * spec.spacing_mm ** 3 / 1000
