"""Volumes on a regular LPS grid, read from NIfTI or DICOM."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nibabel as nib
import numpy as np
from nibabel.orientations import axcodes2ornt, io_orientation, ornt_transform


@dataclass(frozen=True)
class Volume:
    """Voxels [k, j, i] with the affine that takes (i, j, k, 1) to LPS mm, shape (4, 4)."""

    data: np.ndarray
    affine: np.ndarray

    @property
    def spacing(self) -> np.ndarray:
        """Voxel size along i, j, k in mm, shape (3,)."""
        return np.linalg.norm(self.affine[:3, :3], axis=0)


def reorient(data: np.ndarray, affine_ras: np.ndarray) -> Volume:
    """Brings `data[a, b, c]` with its RAS affine to the nearest LPS array `[k, j, i]`."""
    target = axcodes2ornt(("L", "P", "S"))
    move = ornt_transform(io_orientation(affine_ras), target)
    turned = nib.orientations.apply_orientation(data, move)
    affine = affine_ras @ nib.orientations.inv_ornt_aff(move, data.shape)
    lps = np.diag([-1.0, -1.0, 1.0, 1.0]) @ affine
    return Volume(np.ascontiguousarray(turned.transpose(2, 1, 0)), lps)


def read_nifti(path: str | Path, dtype: type = np.float32) -> Volume:
    """Reads a NIfTI file as an LPS volume; the scale slope is applied for float types."""
    image = nib.load(str(path))
    data = np.asanyarray(image.dataobj)
    while data.ndim > 3:
        data = data[..., 0]
    return reorient(data.astype(dtype), image.affine)


def write_nifti(path: str | Path, volume: Volume) -> None:
    """Writes an LPS volume as NIfTI (RAS affine on disk, voxels stay in LPS order)."""
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ volume.affine
    nib.save(nib.Nifti1Image(np.ascontiguousarray(volume.data.transpose(2, 1, 0)), affine), str(path))


def read_dicom(folder: str | Path) -> Volume:
    """Stacks a DICOM series (single or enhanced multi-frame) along the slice normal.

    Slices are sorted by position; a gap is bridged with the mean slice distance,
    which is enough for evaluation. CT comes back in HU.
    """
    import pydicom

    frames: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]] = []
    for path in sorted(Path(folder).rglob("*.dcm")):
        ds = pydicom.dcmread(str(path))
        if "NumberOfFrames" in ds and int(ds.NumberOfFrames) > 1:
            shared = ds.SharedFunctionalGroupsSequence[0]
            for n, group in enumerate(ds.PerFrameFunctionalGroupsSequence):
                def pick(name: str):
                    return (group if name in group else shared)[name][0]
                measures = pick("PixelMeasuresSequence")
                frames.append((
                    ds.pixel_array[n].astype(np.float32),
                    np.array(pick("PlanePositionSequence").ImagePositionPatient, float),
                    np.array(pick("PlaneOrientationSequence").ImageOrientationPatient, float),
                    np.array(measures.PixelSpacing, float)))
        else:
            slope = float(getattr(ds, "RescaleSlope", 1))
            intercept = float(getattr(ds, "RescaleIntercept", 0))
            frames.append((
                ds.pixel_array.astype(np.float32) * slope + intercept,
                np.array(ds.ImagePositionPatient, float),
                np.array(ds.ImageOrientationPatient, float),
                np.array(ds.PixelSpacing, float)))
    row, column = frames[0][2][:3], frames[0][2][3:]
    normal = np.cross(row, column)
    frames.sort(key=lambda frame: float(frame[1] @ normal))
    first, last = frames[0][1], frames[-1][1]
    step = (last - first) / (len(frames) - 1)
    affine = np.eye(4)
    affine[:3, 0] = row * frames[0][3][1]
    affine[:3, 1] = column * frames[0][3][0]
    affine[:3, 2] = step
    affine[:3, 3] = first
    data = np.stack([frame[0] for frame in frames]).transpose(2, 1, 0)
    return reorient(data, np.diag([-1.0, -1.0, 1.0, 1.0]) @ affine)
