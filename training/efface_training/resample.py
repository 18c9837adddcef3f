"""Resampling of a scan onto the regular grid of a network, as the browser does it.

A grid is axis-aligned in LPS: voxel (i, j, k) of `size` has its centre at
`origin + spacing * (i, j, k)`. The scan may be oblique.

Rule. (1) Box average: along each scan axis n (native spacing s_n), f_n =
max(1, floor(spacing / s_n + 0.001)) neighbouring voxels are averaged into one, starting at index
0; a last incomplete group is averaged over what there is. (2) Trilinear interpolation of
the averaged volume at the grid's voxel centres, indices clamped to the volume's border.
(3) `fov` is true where the centre lies within the scan: native index between -0.5 and
n - 0.5 on all three axes.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage as ndi

from .volume import Volume


@dataclass(frozen=True)
class Grid:
    """An axis-aligned LPS grid: `size` in i, j, k; `origin` (mm) of voxel (0, 0, 0)."""

    size: tuple[int, int, int]
    spacing_mm: float
    origin: np.ndarray

    @staticmethod
    def around(center: np.ndarray, size: tuple[int, int, int], spacing_mm: float) -> "Grid":
        """The grid whose middle is at `center` (x, y, z in mm)."""
        half = (np.array(size) - 1) / 2 * spacing_mm
        return Grid(size, spacing_mm, np.asarray(center, float) - half)

    @property
    def affine(self) -> np.ndarray:
        """(4, 4) from (i, j, k, 1) to LPS mm."""
        out = np.diag([self.spacing_mm] * 3 + [1.0])
        out[:3, 3] = self.origin
        return out


def box_average(data: np.ndarray, factors: tuple[int, int, int]) -> np.ndarray:
    """Means of groups of (fk, fj, fi) voxels of [k, j, i]; incomplete groups use what there is."""
    out = data.astype(np.float32)
    for axis, f in enumerate(factors):
        if f > 1:
            n = out.shape[axis]
            starts = np.arange(0, n, f)
            sums = np.add.reduceat(out, starts, axis=axis)
            counts = np.minimum(f, n - starts).astype(np.float32)
            out = sums / counts.reshape([-1 if a == axis else 1 for a in range(3)])
    return out


def indices(volume_affine: np.ndarray, grid: Grid) -> np.ndarray:
    """Native indices (i, j, k) of all grid centres, shape (3, K, J, I)."""
    m = np.linalg.inv(volume_affine) @ grid.affine
    ni, nj, nk = grid.size
    k, j, i = np.meshgrid(np.arange(nk), np.arange(nj), np.arange(ni), indexing="ij")
    return np.einsum("ab,bkji->akji", m[:3, :3], np.stack([i, j, k]).astype(float)) + m[:3, 3].reshape(3, 1, 1, 1)


def to_grid(volume: Volume, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Returns (values float32 [k, j, i], fov bool [k, j, i]) of a scan on the grid."""
    at = indices(volume.affine, grid)
    shape = volume.data.shape[::-1]
    fov = np.ones(at.shape[1:], bool)
    for axis in range(3):
        fov &= (at[axis] > -0.5) & (at[axis] < shape[axis] - 0.5)
    factors = [max(1, int(np.floor(grid.spacing_mm / s + 0.001))) for s in volume.spacing]
    small = box_average(volume.data, (factors[2], factors[1], factors[0]))
    at = np.stack([np.clip((at[a] + 0.5) / factors[a] - 0.5, 0, small.shape[2 - a] - 1) for a in range(3)])
    return ndi.map_coordinates(small, at[::-1], order=1, mode="nearest", output=np.float32), fov


def from_grid(data: np.ndarray, grid: Grid, volume: Volume) -> np.ndarray:
    """Nearest-neighbour values of grid data [k, j, i] at the scan's own voxels; 0 outside the grid."""
    nk, nj, ni = volume.data.shape
    m = np.linalg.inv(grid.affine) @ volume.affine
    k, j, i = np.meshgrid(np.arange(nk), np.arange(nj), np.arange(ni), indexing="ij")
    at = np.einsum("ab,bkji->akji", m[:3, :3], np.stack([i, j, k]).astype(float)) + m[:3, 3].reshape(3, 1, 1, 1)
    return ndi.map_coordinates(data, at[::-1], order=0, mode="constant", cval=0)
