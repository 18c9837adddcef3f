"""Input normalisation and couch removal, written so that TypeScript can repeat it.

Everything works on an array [k, j, i] already resampled to the grid of a network
(see infer.py), with `fov`, a boolean array that says which voxel centres lie inside the
scan. Outside the scan the normalised value is always 0.
"""
from __future__ import annotations

import numpy as np
from scipy import ndimage as ndi

CT_POINTS = ((-1000.0, 0.0), (-200.0, 0.25), (100.0, 0.8), (1000.0, 1.2))
MR_LOW, MR_HIGH, MR_TOP = 0.005, 0.995, 1.2
COUCH_GRID_MM = 3.0
COUCH_HU = -300.0
COUCH_ERODE, COUCH_DILATE = 2, 7  # voxels of 3 mm
AIR_HU = -1000.0


def normalise_ct(hu: np.ndarray, fov: np.ndarray) -> np.ndarray:
    """HU to network input: piecewise linear through CT_POINTS, clamped at both ends; 0 outside."""
    x, y = zip(*CT_POINTS)
    return np.where(fov, np.interp(hu, x, y), 0.0).astype(np.float32)


def normalise_mr(values: np.ndarray, fov: np.ndarray) -> np.ndarray:
    """Any MR contrast to network input.

    1. m = smallest value inside the scan; S = the values inside the scan with value > m,
       sorted ascending, n of them. When n = 0 the result is 0 everywhere.
    2. lo = S[floor(0.005 * (n - 1))], hi = S[floor(0.995 * (n - 1))] (no interpolation).
    3. result = clamp((value - lo) / (hi - lo), 0, 1.2); 0 where hi <= lo; 0 outside the scan.
    """
    out = np.zeros(values.shape, np.float32)
    inside = values[fov]
    if inside.size == 0:
        return out
    inside = inside[inside > inside.min()]
    n = inside.size
    if n == 0:
        return out
    at = [int(np.floor(MR_LOW * (n - 1))), int(np.floor(MR_HIGH * (n - 1)))]
    low, high = np.partition(inside, at)[at]
    if high <= low:
        return out
    scaled = np.clip((values - low) / (high - low), 0.0, MR_TOP)
    return np.where(fov, scaled, 0.0).astype(np.float32)


def cross(mask: np.ndarray, rounds: int, grow: bool) -> np.ndarray:
    """`rounds` of dilation or erosion by the 6-neighbour cross; the border counts as the edge voxel."""
    step = ndi.binary_dilation if grow else ndi.binary_erosion
    return step(mask, iterations=rounds, border_value=0 if grow else 1)


def body_mask(hu: np.ndarray) -> np.ndarray:
    """Mask of the patient on a 3 mm grid [k, j, i], so that couch and head holder can go.

    HU > -300, eroded twice by the 6-neighbour cross (outside the array counts as body);
    largest 6-connected component (first in memory order on a tie); dilated seven times by
    the cross, so that the thin auricles (lost by the erosion) and a rim of air stay. All
    true when nothing passes. What lies outside the mask is set to -1000 HU.
    """
    parts, n = ndi.label(cross(hu > COUCH_HU, COUCH_ERODE, grow=False))
    if n == 0:
        return np.ones(hu.shape, bool)
    core = parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))
    return cross(core, COUCH_DILATE, grow=True)
