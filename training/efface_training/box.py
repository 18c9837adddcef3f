"""From the answer of network `find` to the box of network `label`."""
from __future__ import annotations

import numpy as np
from scipy import ndimage as ndi

BOX = {
    "rule": "midpoint of the low-high quantiles, per axis, of the voxels with p(brain) + p(face) > threshold "
            "in the largest 6-connected component, plus offsetMm",
    "threshold": 0.5,
    "quantiles": [0.02, 0.98],
    "offsetMm": [0.0, 0.0, 0.0],
    "minimumMl": 50,
    "mirror": "label: mean of the probabilities of the plain run and of the run on the input flipped along i; "
              "find: plain run only",
    "find": {"windowMm": 512, "maximumStepMm": 384},
    "body": {"hu": -300, "gridMm": 3, "erode": 2, "dilate": 7, "outsideHu": -1000},
}


def head_part(found: np.ndarray) -> np.ndarray:
    """Mask [k, j, i] of the head in `found`, the probabilities (3, K, J, I) of network `find`.

    The largest 6-connected component of p1 + p2 > 0.5 (first in memory order on a tie);
    all false when nothing passes.
    """
    parts, n = ndi.label(found[1] + found[2] > BOX["threshold"])
    if n == 0:
        return np.zeros(found.shape[1:], bool)
    return parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))


def box_center(part: np.ndarray, origin: np.ndarray, spacing_mm: float) -> np.ndarray:
    """Centre (x, y, z in mm) of the box for a head mask [k, j, i].

    Per axis: c = the ascending coordinates of the n mask voxels along that axis; low =
    c[floor(0.02 * (n - 1))], high = c[floor(0.98 * (n - 1))]; centre = origin + spacing *
    (low + high) / 2 + offset. (A histogram along the axis gives the same values.)
    """
    center = np.empty(3)
    for axis in range(3):
        c = np.sort(np.nonzero(part)[2 - axis])
        low, high = (c[int(np.floor(q * (len(c) - 1)))] for q in BOX["quantiles"])
        center[axis] = origin[axis] + spacing_mm * (low + high) / 2 + BOX["offsetMm"][axis]
    return center
