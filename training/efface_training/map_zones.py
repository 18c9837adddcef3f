"""Zones for the SynthSeg label maps, by registration to the drawn template.

Same definitions as the published IXI zones: 2 face zone to 30 mm under the closed
head, 3 ears (auricle zone + 6 mm, 12 mm deep), 4 eyes, 5 intracranial cavity,
6 forehead (8 mm); none of 2, 3, 4, 6 within 5 mm of 5.
"""
from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi

from .volume import Volume, read_nifti, write_nifti

AIR, HEAD, FACE, EARS, EYES, BRAIN, FOREHEAD = range(7)
EYEBALL, SOFT, SKIN, CORTICAL, MARROW = 201, 202, 205, 208, 209
WORK_MM = 2.0


def ball(radius_mm: float, spacing_mm: float = WORK_MM) -> np.ndarray:
    """A spherical structuring element of the given radius."""
    n = int(np.floor(radius_mm / spacing_mm))
    z, y, x = np.mgrid[-n:n + 1, -n:n + 1, -n:n + 1] * spacing_mm
    return x * x + y * y + z * z <= radius_mm * radius_mm


def dilate(mask: np.ndarray, mm: float, spacing_mm: float = WORK_MM) -> np.ndarray:
    """Everything within `mm` of the mask (exact Euclidean distance)."""
    return ndi.distance_transform_edt(~mask, sampling=spacing_mm) <= mm


def closed_head(inside: np.ndarray, closing_mm: float = 8.0) -> np.ndarray:
    """Largest component, closed by 8 mm, holes filled in 3-D and per axial slice.

    The volume is padded with its own border so that the planes where the field of
    view ends count as inside.
    """
    parts, n = ndi.label(inside)
    if n > 1:
        inside = parts == 1 + np.argmax(np.bincount(parts.ravel())[1:])
    pad = 6
    padded = np.pad(inside, ((pad, 0), (0, 0), (0, 0)), mode="edge")
    padded = np.pad(padded, ((0, pad), (pad, pad), (pad, pad)))
    grown = ndi.distance_transform_edt(~padded, sampling=WORK_MM) <= closing_mm
    padded = ndi.distance_transform_edt(grown, sampling=WORK_MM) > closing_mm
    padded |= np.pad(inside, ((pad, pad), (pad, pad), (pad, pad)))
    padded = ndi.binary_fill_holes(padded)
    for k in range(padded.shape[0]):
        padded[k] = ndi.binary_fill_holes(padded[k])
    return padded[pad:-pad, pad:-pad, pad:-pad]


def depth_under_skin(head: np.ndarray) -> np.ndarray:
    """Distance (mm) of every inside voxel to the outside; the bottom plane is not skin."""
    pad = 20
    padded = np.pad(head, ((pad, 0), (0, 0), (0, 0)), mode="edge")
    padded = np.pad(padded, ((0, 1), (1, 1), (1, 1)))
    return ndi.distance_transform_edt(padded, sampling=WORK_MM)[pad:-1, 1:-1, 1:-1]


def cavity(codes: np.ndarray) -> np.ndarray:
    """Intracranial cavity of a SynthSeg map: brain and CSF, closed, no spinal canal."""
    brain = (codes > 0) & (codes < 200)
    stem = np.argwhere(codes == 16)
    if len(stem):
        brain[:max(0, stem[:, 0].min() - 1)] = False
    parts, n = ndi.label(brain)
    brain = parts == 1 + np.argmax(np.bincount(parts.ravel())[1:])
    pad = np.pad(brain, 4)
    pad = ndi.distance_transform_edt(dilate(pad, 6.0), sampling=WORK_MM) > 6.0
    return ndi.binary_fill_holes(pad[4:-4, 4:-4, 4:-4] | brain)


def paint_t1(codes: np.ndarray, head: np.ndarray) -> np.ndarray:
    """A T1-like image of a map: skin and the outer 9 mm of soft tissue as fat."""
    table = np.zeros(256, np.float32)
    table[1:200] = 75
    table[[2, 41, 7, 46, 16, 28, 60, 10, 49]] = 105
    table[[4, 43, 5, 44, 14, 15, 24]] = 25
    table[[200, 207]] = 40
    table[EYEBALL], table[SOFT], table[SKIN], table[203], table[204] = 30, 65, 120, 65, 80
    table[206], table[CORTICAL], table[MARROW], table[210] = 80, 15, 110, 70
    image = table[codes]
    image[(codes == SOFT) & (depth_under_skin(head) < 9)] = 130
    return ndi.gaussian_filter(image, 0.6)


def warp_template(image: np.ndarray, zones_folder: Path) -> np.ndarray:
    """Registers the template head to `image` (2 mm, LPS) and returns its warped zones."""
    affine = np.diag([WORK_MM, WORK_MM, WORK_MM, 1.0])
    with tempfile.TemporaryDirectory() as tmp:
        out = Path(tmp)
        write_nifti(out / "fixed.nii.gz", Volume(image, affine))
        run = ["elastix", "-f", str(out / "fixed.nii.gz"), "-m",
               str(zones_folder / "template_head.nii.gz"),
               "-p", str(zones_folder / "elastix_affine.txt"),
               "-p", str(zones_folder / "elastix_bspline.txt"), "-out", tmp, "-threads", "1"]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        for name in ("TransformParameters.0.txt", "TransformParameters.1.txt"):
            text = (out / name).read_text()
            text = text.replace("FinalBSplineInterpolationOrder 3", "FinalBSplineInterpolationOrder 0")
            text = text.replace('ResultImageFormat "mhd"', 'ResultImageFormat "nii.gz"')
            (out / name).write_text(text)
        run = ["transformix", "-in", str(zones_folder / "template_zones.nii.gz"),
               "-tp", str(out / "TransformParameters.1.txt"), "-out", tmp, "-threads", "1"]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        return np.rint(read_nifti(out / "result.nii.gz").data).astype(np.uint8)


def zones_from_template(codes: np.ndarray, warped: np.ndarray) -> np.ndarray:
    """Makes warped template zones (1 face, 2 forehead, 3 ear, 4 eye) anatomical, labels 0-6."""
    head = closed_head(codes > 0)
    depth = depth_under_skin(head)
    brain = cavity(codes)
    allowed = head & ~dilate(brain, 5.0)
    labels = head.astype(np.uint8)
    labels[allowed & (warped == 2) & (depth <= 8)] = FOREHEAD
    labels[allowed & (warped == 1) & (depth <= 30)] = FACE
    labels[allowed & dilate(warped == 3, 6.0) & (depth <= 12)] = EARS
    labels[allowed & dilate(codes == EYEBALL, 2.0)] = EYES
    labels[brain] = BRAIN
    return labels


def make(path: Path, zones_folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Returns (codes, labels) of one map on a 2 mm LPS grid, both uint8 [k, j, i]."""
    codes = read_nifti(path, np.uint8).data[::2, ::2, ::2]
    codes = np.pad(codes, ((0, 2), (4, 4), (4, 4)))
    image = paint_t1(codes, closed_head(codes > 0))
    return codes, zones_from_template(codes, warp_template(image, zones_folder))
