"""Held-out people and the ways their scans are disturbed for the figures."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi

from . import map_zones
from .frame import HeadFrame, Wall
from .volume import Volume, read_nifti


@dataclass(frozen=True)
class Case:
    """A scan with its truth on the same grid: zones 0-6 and brain (DLMUSE > 1)."""

    scan: Volume
    zones: Volume
    brain: Volume
    defaced: bool = False


def read_person(data: Path, name: str) -> Case:
    """One IXI person."""
    brain = read_nifti(data / f"nifti/ixi_hh/{name}_T1_DLMUSE.nii.gz")
    return Case(read_nifti(data / f"nifti/ixi_hh/{name}_T1.nii.gz"),
                read_nifti(data / f"zones/{name}_T1_zones.nii.gz", np.uint8),
                Volume((brain.data > 1).astype(np.uint8), brain.affine))


def _values(change: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable[[Case], Case]:
    """A condition that changes voxel values only; gets (values, inside of the head)."""
    def apply(case: Case) -> Case:
        return replace(case, scan=Volume(change(case.scan.data, case.zones.data > 0), case.scan.affine))
    return apply


def _crop(axis: int, low: float, high: float) -> Callable[[Case], Case]:
    """Keeps the part low-high (0-1) of the head's extent along axis (0 k, 1 j, 2 i) of all volumes."""
    def apply(case: Case) -> Case:
        at = np.nonzero((case.zones.data > 0).any(tuple(a for a in range(3) if a != axis)))[0]
        first, last = at[0], at[-1] + 1
        a = first + int((last - first) * low) if low > 0 else 0
        b = first + int((last - first) * high) if high < 1 else case.scan.data.shape[axis]
        keep: list[slice] = [slice(None)] * 3
        keep[axis] = slice(a, b)
        move = np.eye(4)
        move[2 - axis, 3] = a
        def cut(v: Volume) -> Volume:
            return Volume(np.ascontiguousarray(v.data[tuple(keep)]), v.affine @ move)
        return replace(case, scan=cut(case.scan), zones=cut(case.zones), brain=cut(case.brain))
    return apply


def _pitch(degrees: float) -> Callable[[Case], Case]:
    """Turns the head about the x axis by changing the affines only."""
    def apply(case: Case) -> Case:
        a = np.deg2rad(degrees)
        turn = np.eye(4)
        turn[1:3, 1:3] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
        return replace(case, **{n: Volume(getattr(case, n).data, turn @ getattr(case, n).affine)
                                for n in ("scan", "zones", "brain")})
    return apply


def _thick(axis: int) -> Callable[[Case], Case]:
    """6 mm slices along an axis: three slices averaged, stored as one slice of 6 mm."""
    def apply(case: Case) -> Case:
        data = case.scan.data
        n = data.shape[axis] // 3
        keep: list[slice] = [slice(None)] * 3
        keep[axis] = slice(0, 3 * n)
        shape = list(data.shape)
        shape[axis:axis + 1] = [n, 3]
        move = np.eye(4)
        move[2 - axis, 2 - axis], move[2 - axis, 3] = 3, 1
        return replace(case, scan=Volume(data[tuple(keep)].reshape(shape).mean(axis + 1), case.scan.affine @ move))
    return apply


def standard_cut(ears: bool = True) -> Callable[[Case], Case]:
    """Our own cut from the true zones: blank columns of the face up to the wall, guard kept.

    The wall lies 13 mm behind 98.5 % of the facial skin (6-26 mm behind the mean face).
    """
    wall = Wall.read()

    def apply(case: Case) -> Case:
        zones, data = case.zones.data, case.scan.data.copy()
        frame = HeadFrame.of(zones, wall)
        k, j, i = np.meshgrid(*(np.arange(n, dtype=np.float32) * 2 for n in zones.shape), indexing="ij")
        points = np.stack([i, j, k])
        air = zones == 0
        skin = ~air & ndi.binary_dilation(air)
        skin[0] = False
        zone = (zones == 2) | (zones == 4)
        facial = skin & zone & ~map_zones.dilate(skin & ~zone, 9.99)
        depths = np.arange(-20, 26, 1.0)
        behind = [frame.in_front(points[:, facial], wall, d).mean() for d in depths]
        farthest = depths[np.argmax(np.array(behind) >= min(0.985, max(behind)))]
        cut = frame.in_front(points, wall, float(np.clip(farthest + 13, 6, 26)))
        if ears:
            cut |= zones == 3
        cut &= ~map_zones.dilate(zones == 5, 5.0)
        data[cut] = 0
        return replace(case, scan=Volume(data, case.scan.affine), defaced=True)
    return apply


def _gamma(v: np.ndarray, _: np.ndarray) -> np.ndarray:
    return (v / v.max()) ** 0.4


def _invert(v: np.ndarray, head: np.ndarray) -> np.ndarray:
    return np.where(head, np.clip(np.quantile(v, 0.999) - v, 0, None), v)


def _noise(v: np.ndarray, _: np.ndarray) -> np.ndarray:
    sd = 0.1 * np.quantile(v, 0.995)
    rng = np.random.default_rng(3)
    return np.hypot(v + rng.normal(0, sd, v.shape), rng.normal(0, sd, v.shape)).astype(np.float32)


CONDITIONS: dict[str, Callable[[Case], Case]] = {
    "plain": lambda case: case,
    "lower third missing": _crop(0, 1 / 3, 1),
    "lower half missing": _crop(0, 0.5, 1),
    "side 40 % missing": _crop(2, 0.4, 1),
    "gamma 0.4": _values(_gamma),
    "inverted": _values(_invert),
    "noise 10 %": _values(_noise),
    "pitch +30": _pitch(30),
    "pitch -30": _pitch(-30),
    "6 mm axial": _thick(0),
    "6 mm coronal": _thick(1),
    "6 mm sagittal": _thick(2),
    "own cut": standard_cut(),
    "own cut, ears left": standard_cut(ears=False),
}
