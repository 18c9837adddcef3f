"""Random placement of a head in the box of a network: one dense map of source voxels."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .heads import Head

SOURCE_MM = 2.0


@dataclass(frozen=True)
class Level:
    """How hard the geometry is: factor on angles, scale and elastic; jitter of the box in mm."""

    amount: float = 1.0
    shift_mm: float = 24.0
    cut_share: float = 0.5


@dataclass
class Placement:
    """Where every network voxel comes from.

    `source`: float32 tensor (3, K, J, I), voxel coordinates (i, j, k) in the head.
    `fov`: bool tensor (K, J, I), false where a painted cut ends the field of view.
    `below`: bool tensor (K, J, I), true where a prolonged neck is shown.
    """

    source: torch.Tensor
    fov: torch.Tensor
    below: torch.Tensor


def rotation(rng: np.random.Generator, level: float) -> np.ndarray:
    """Pitch +-35, yaw and roll +-20 degrees times `level`, 3x3 in x, y, z."""
    a, b, c = np.deg2rad(rng.uniform(-1, 1, 3) * np.array([35, 20, 20]) * level)
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return rx @ ry @ rz


def choose_cut(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Field of view (2, 3) low/high in mm that hides up to 60 % of the head along some axes."""
    low, high = points.min(0), points.max(0)
    extent = high - low
    fov = np.stack([np.full(3, -1e6), np.full(3, 1e6)])
    kind = rng.random()
    if kind < 0.35:  # chin, lower third, orbit height
        fov[0, 2] = low[2] + extent[2] * rng.uniform(0.05, 0.6)
    elif kind < 0.5:  # slab
        axis = int(rng.integers(3))
        thick = rng.uniform(0.3, 0.7)
        start = rng.uniform(0, 1 - thick)
        fov[0, axis] = low[axis] + extent[axis] * start
        fov[1, axis] = fov[0, axis] + extent[axis] * thick
    else:
        for axis in range(3):
            if rng.random() < 0.5:
                amount = extent[axis] * rng.uniform(0.03, 0.6 if axis != 1 else 0.45)
                side = int(rng.integers(2)) if axis != 1 or rng.random() < 0.4 else 1
                fov[side, axis] = low[axis] + amount if side == 0 else high[axis] - amount
    return fov


def place(head: Head, shape: tuple[int, int, int], spacing_mm: float,
          rng: np.random.Generator, level: Level) -> Placement:
    """Random rotation, scale, shear, flip, cut, shift, elastic field and neck for one sample.

    The box is centred, as at inference, on the visible brain and face, then jittered.
    """
    nk, nj, ni = shape
    amount = level.amount
    size = rng.uniform(-0.15, 0.15) if rng.random() < 0.8 else rng.uniform(-0.3, -0.1)  # children
    scale = (1 + size * amount) * (1 + rng.uniform(-0.07, 0.07, 3) * amount)
    matrix = rotation(rng, amount) @ np.diag(1 / scale)
    matrix = matrix @ (np.eye(3) + rng.uniform(-0.05, 0.05, (3, 3)) * amount)
    if rng.random() < 0.5:
        matrix = np.diag([-1.0, 1.0, 1.0]) @ matrix
    inverse = np.linalg.inv(matrix).T * SOURCE_MM
    outline, aimed = ((p - head.center) @ inverse for p in (head.outline, head.aimed))
    fov = choose_cut(outline, rng) if rng.random() < level.cut_share else np.stack([np.full(3, -1e6), np.full(3, 1e6)])
    seen = aimed[((aimed > fov[0]) & (aimed < fov[1])).all(1)]
    if len(seen) < 20:
        seen = aimed
    low, high = np.quantile(seen, [0.02, 0.98], axis=0)
    shift = (low + high) / 2 + rng.uniform(-1, 1, 3) * level.shift_mm

    axes = [(torch.arange(n, dtype=torch.float32) - (n - 1) / 2) * spacing_mm + float(s)
            for n, s in zip((nk, nj, ni), shift[::-1])]
    k, j, i = torch.meshgrid(*axes, indexing="ij")
    inside = [(axis > fov[0, 2 - n]) & (axis < fov[1, 2 - n]) for n, axis in enumerate(axes)]
    visible = inside[0][:, None, None] & inside[1][None, :, None] & inside[2][None, None, :]
    m = torch.from_numpy((matrix / SOURCE_MM).astype(np.float32))
    source = torch.einsum("ab,bkji->akji", m, torch.stack([i, j, k]))
    if rng.random() < 0.4:  # a large vault over a small face, or the reverse
        taper = 1 + (source[2] * (SOURCE_MM / 100) * float(rng.uniform(-0.14, 0.14) * amount)).clamp(-0.25, 0.25)
        source[:2] *= taper
    source += torch.from_numpy(head.center.astype(np.float32)).view(3, 1, 1, 1)
    if rng.random() < 0.7 * max(amount, 0.5):
        sd = rng.uniform(0.3, 2.2) * amount  # voxels of 2 mm
        cells = tuple(int(c) for c in rng.integers(4, 8, 3))
        field = torch.from_numpy(rng.normal(0, sd, (1, 3, *cells)).astype(np.float32))
        source += F.interpolate(field, shape, mode="trilinear", align_corners=True)[0]
    below = torch.zeros(shape, dtype=torch.bool)
    if head.neck is not None and rng.random() < 0.35:
        below = prolong_neck(source, head.neck, rng)
    return Placement(source, visible, below)


def prolong_neck(source: torch.Tensor, neck: np.ndarray, rng: np.random.Generator) -> torch.Tensor:
    """Maps everything below the bottom slice onto it, widening to shoulders; changes `source`.

    Returns the mask of prolonged voxels.
    """
    bottom = 1.5
    drop = (bottom - source[2]).clamp(min=0)
    below = drop > 0
    cx, cy = float(neck[0]), float(neck[1])
    start, slope = rng.uniform(5, 40), rng.uniform(0.005, 0.1)
    wide = 1 + slope * (drop - start).clamp(min=0)
    deep = 1 + 0.3 * slope * (drop - start).clamp(min=0)
    lean = rng.uniform(-0.3, 0.3)
    source[0] = torch.where(below, (source[0] - cx) / wide + cx, source[0])
    source[1] = torch.where(below, (source[1] - cy - lean * drop) / deep + cy, source[1])
    source[2] = torch.where(below, bottom + 0.3 * torch.sin(drop / 9.0), source[2])
    return below


def sample(volume: np.ndarray | torch.Tensor, source: torch.Tensor, nearest: bool = False) -> torch.Tensor:
    """Values of `volume` [k, j, i] at `source` (3, K, J, I); 0 outside. Float32 (K, J, I)."""
    size = torch.tensor(volume.shape[::-1], dtype=torch.float32)
    grid = (source + 0.5) * (2 / size).view(3, 1, 1, 1) - 1
    field = torch.as_tensor(volume).float()[None, None]
    return F.grid_sample(field, grid.permute(1, 2, 3, 0)[None], mode="nearest" if nearest else "bilinear",
                         padding_mode="zeros", align_corners=False)[0, 0]


def in_view(source: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """True where `source` lies inside the source volume of this shape [k, j, i]."""
    size = torch.tensor(shape[::-1], dtype=torch.float32).view(3, 1, 1, 1)
    return ((source > -0.5) & (source < size - 0.5)).all(0)
