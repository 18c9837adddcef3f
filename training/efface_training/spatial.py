"""Random placement of a head in the box of a network: one dense map of source voxels."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .heads import Head

SOURCE_MM = 2.0


@dataclass
class Placement:
    """Where every network voxel comes from.

    `source`: float32 tensor (3, K, J, I), voxel coordinates (i, j, k) in the head.
    `below`: bool tensor (K, J, I), true where a prolonged neck is shown.
    """

    source: torch.Tensor
    below: torch.Tensor


def rotation(rng: np.random.Generator, level: float) -> np.ndarray:
    """Pitch +-35, yaw and roll +-20 degrees times `level`, 3x3 in x, y, z."""
    a, b, c = np.deg2rad(rng.uniform(-1, 1, 3) * np.array([35, 20, 20]) * level)
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return rx @ ry @ rz


def place(head: Head, shape: tuple[int, int, int], spacing_mm: float,
          rng: np.random.Generator, level: float = 1.0, shift_mm: float = 24.0) -> Placement:
    """Random rotation, scale, shear, shift, flip, elastic field and neck for one sample."""
    nk, nj, ni = shape
    axes = [torch.arange(n, dtype=torch.float32) - (n - 1) / 2 for n in (nk, nj, ni)]
    k, j, i = torch.meshgrid(*axes, indexing="ij")
    grid = torch.stack([i, j, k]).view(3, -1) * spacing_mm
    scale = (1 + rng.uniform(-0.15, 0.15) * level) * (1 + rng.uniform(-0.07, 0.07, 3) * level)
    matrix = rotation(rng, level) @ np.diag(1 / scale)
    matrix = matrix @ (np.eye(3) + rng.uniform(-0.05, 0.05, (3, 3)) * level)
    if rng.random() < 0.5:
        matrix = np.diag([-1.0, 1.0, 1.0]) @ matrix
    shift = rng.uniform(-1, 1, 3) * shift_mm * level
    grid = torch.from_numpy(matrix.astype(np.float32)) @ (grid + torch.from_numpy(shift.astype(np.float32))[:, None])
    source = (grid / SOURCE_MM + torch.from_numpy(head.center.astype(np.float32))[:, None]).view(3, nk, nj, ni)
    if rng.random() < 0.7 * max(level, 0.5):
        sd = rng.uniform(0.3, 1.0) * level * 2.2  # voxels of 2 mm
        cells = tuple(int(c) for c in rng.integers(4, 8, 3))
        field = torch.from_numpy(rng.normal(0, sd, (1, 3, *cells)).astype(np.float32))
        source += F.interpolate(field, shape, mode="trilinear", align_corners=True)[0]
    below = torch.zeros(shape, dtype=torch.bool)
    if rng.random() < 0.35 and neck_is_cut_cleanly(head):
        below = prolong_neck(source, head, rng)
    return Placement(source, below)


def neck_is_cut_cleanly(head: Head) -> bool:
    """True when the bottom slice shows neck rather than face or brain."""
    bottom = head.labels[1]
    return int((bottom == 1).sum()) > 1000 and int((bottom > 1).sum()) < 0.15 * int((bottom == 1).sum())


def prolong_neck(source: torch.Tensor, head: Head, rng: np.random.Generator) -> torch.Tensor:
    """Maps everything below the bottom slice onto it, widening to shoulders; changes `source`.

    Returns the mask of prolonged voxels.
    """
    bottom = 1.5
    drop = (bottom - source[2]).clamp(min=0)
    below = drop > 0
    jj, ii = np.nonzero(head.labels[1] > 0)
    cx, cy = float(ii.mean()), float(jj.mean())
    start, slope = rng.uniform(5, 40), rng.uniform(0.005, 0.1)
    wide = 1 + slope * (drop - start).clamp(min=0)
    deep = 1 + 0.3 * slope * (drop - start).clamp(min=0)
    lean = rng.uniform(-0.3, 0.3)
    source[0] = torch.where(below, (source[0] - cx) / wide + cx, source[0])
    source[1] = torch.where(below, (source[1] - cy - lean * drop) / deep + cy, source[1])
    source[2] = torch.where(below, bottom + 0.15 * torch.sin(drop / 9.0), source[2])
    return below


def sample(volume: np.ndarray, source: torch.Tensor, nearest: bool = False) -> torch.Tensor:
    """Values of `volume` [k, j, i] at `source` (3, K, J, I); 0 outside. Float32 (K, J, I)."""
    size = torch.tensor(volume.shape[::-1], dtype=torch.float32)
    grid = (source + 0.5) * (2 / size).view(3, 1, 1, 1) - 1
    field = torch.from_numpy(np.ascontiguousarray(volume)).float()[None, None]
    return F.grid_sample(field, grid.permute(1, 2, 3, 0)[None], mode="nearest" if nearest else "bilinear",
                         padding_mode="zeros", align_corners=False)[0, 0]


def in_view(source: torch.Tensor, shape: tuple[int, int, int]) -> torch.Tensor:
    """True where `source` lies inside the source volume of this shape [k, j, i]."""
    size = torch.tensor(shape[::-1], dtype=torch.float32).view(3, 1, 1, 1)
    return ((source > -0.5) & (source < size - 0.5)).all(0)
