"""Slices with label outlines, for eyes only (write them outside the project)."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage as ndi

from .infer import Result

COLORS = np.array([[0, 0, 0], [90, 90, 90], [255, 60, 60], [60, 255, 60], [60, 140, 255], [255, 235, 60],
                   [255, 60, 255]], float)


def pane(image: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """One slice, three times enlarged, with the outlines of its labels; superior or anterior up."""
    big = np.clip(np.kron(image, np.ones((3, 3))) / 1.1 * 255, 0, 255)[..., None].repeat(3, -1)
    where = np.kron(labels, np.ones((3, 3), np.uint8))
    edge = np.zeros(where.shape, bool)
    for axis in (0, 1):
        edge |= (where != np.roll(where, 1, axis)) | (where != np.roll(where, -1, axis))
    edge &= where > 0
    big[edge] = COLORS[where[edge]]
    return big.astype(np.uint8)


def overlay(result: Result, path: Path) -> None:
    """Three axial, three sagittal and three coronal slices through brain and face."""
    path.parent.mkdir(parents=True, exist_ok=True)
    a, b = result.input, result.labels
    def center(mask: np.ndarray) -> np.ndarray:
        return np.argwhere(mask).mean(0) if mask.any() else np.array(b.shape) / 2
    face, brain, ears, eyes = (center(b == n).astype(int) for n in (2, 5, 3, 4))
    rows = []
    ks = (eyes[0], ears[0], face[0] - 6)
    rows.append([pane(a[k], b[k]) for k in ks])
    rows.append([pane(a[::-1, :, i], b[::-1, :, i]) for i in (brain[2], brain[2] + 10, eyes[2])])
    rows.append([pane(a[::-1, j], b[::-1, j]) for j in (face[1], ears[1], brain[1])])
    height = max(p.shape[0] for row in rows for p in row)
    width = max(p.shape[1] for row in rows for p in row)
    canvas = np.zeros((height * 3, width * 3, 3), np.uint8)
    for r, row in enumerate(rows):
        for c, p in enumerate(row):
            canvas[r * height:r * height + p.shape[0], c * width:c * width + p.shape[1]] = p
    Image.fromarray(canvas).save(path)
