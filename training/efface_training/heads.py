"""Training heads: IXI people, SynthSeg maps and phantoms on a 2 mm grid, cached as .npz.

A head holds, all [k, j, i] uint8 at 2 mm: `labels` 0-6, `tissue` (classes that have one
intensity each in any contrast) and, for real scans, `image` (0-255). `fov_open` says that
the neck may be prolonged below the bottom slice.
"""
from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi

from . import map_zones
from .frame import HeadFrame, Wall
from .volume import read_nifti

# Tissue ids shared by all sources.
(T_OUT, T_CAVITY, T_CSF, T_GM, T_WM, T_SKULL, T_MARROW, T_MUSCLE, T_FAT, T_SKIN, T_MUCOSA,
 T_GLOBE, T_VESSEL, T_PARTIAL, T_X1, T_X2, T_X3) = range(17)
TISSUES = 17


@dataclass
class Head:
    """One training head. `kind` is 'real', 'map' or 'phantom'; `modality` of `image` 'mr'|'ct'."""

    name: str
    kind: str
    labels: np.ndarray
    tissue: np.ndarray | None
    image: np.ndarray | None = None
    modality: str = "mr"
    center: np.ndarray | None = None  # (3,) voxel i, j, k of the aimed box centre
    outline: np.ndarray | None = None  # (n, 3) random voxels i, j, k of the head
    aimed: np.ndarray | None = None  # (n, 3) random voxels i, j, k of brain and face
    frame: HeadFrame | None = None  # where the standard cut would be
    neck: np.ndarray | None = None  # (2,) i, j centre of the bottom slice where it shows a neck
    under_skin: np.ndarray | None = None  # bool [k, j, i], outer 9 mm of the closed head
    skin: np.ndarray | None = None  # (4,) a, b, c, d of y = a + b x^2 + c z + d z^2 in voxels
    skin_mid: np.ndarray | None = None  # (2,) x and z (voxels) the quadric is written around


def kmeans1d(values: np.ndarray, n: int, rounds: int = 25) -> np.ndarray:
    """Class ids 0..n-1 (dark to bright) of scalar values by k-means started at quantiles."""
    centers = np.quantile(values, (np.arange(n) + 0.5) / n)
    for _ in range(rounds):
        edges = (centers[1:] + centers[:-1]) / 2
        ids = np.searchsorted(edges, values)
        sums = np.bincount(ids, values, n)
        counts = np.bincount(ids, minlength=n)
        centers = np.where(counts > 0, sums / np.maximum(counts, 1), centers)
    return ids


def tissue_of_scan(image: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Tissue ids of a T1 scan: 4 classes in the brain, 5 outside, skull, globes."""
    tissue = np.zeros(labels.shape, np.uint8)
    brain, rest = labels == 5, (labels > 0) & (labels != 5)
    smooth = ndi.gaussian_filter(image.astype(np.float32), 0.5)
    tissue[brain] = np.array([T_CSF, T_GM, T_PARTIAL, T_WM])[kmeans1d(smooth[brain], 4)]
    ids = kmeans1d(smooth[rest], 5)
    tissue[rest] = np.array([T_CAVITY, T_MUCOSA, T_MUSCLE, T_X1, T_FAT])[ids]
    near = map_zones.dilate(brain, 14.0)
    tissue[near & (tissue == T_CAVITY)] = T_SKULL
    tissue[labels == 4] = T_GLOBE
    return tissue


def tissue_of_map(codes: np.ndarray) -> np.ndarray:
    """Tissue ids of a SynthSeg code map; air inside the closed head is T_CAVITY."""
    table = np.full(256, T_GM, np.uint8)
    table[0] = T_OUT
    table[[2, 41, 7, 46, 16, 28, 60, 10, 49]] = T_WM
    table[[4, 43, 5, 44, 14, 15, 24]] = T_CSF
    table[[11, 50, 12, 51, 13, 52]] = T_PARTIAL
    table[[200, 207]], table[201], table[[202, 203]] = T_VESSEL, T_GLOBE, T_MUSCLE
    table[204], table[205], table[206], table[208] = T_MUCOSA, T_SKIN, T_WM, T_SKULL
    table[209], table[210] = T_MARROW, T_WM
    return table[codes]


def fit_skin(labels: np.ndarray) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Least-squares quadric of this head's face skin in voxels, for painted defacing cuts."""
    zone = (labels == 2) | (labels == 4)
    if zone.sum() < 5000:
        return None, None
    first = zone.any(1)
    y = zone.argmax(1).astype(np.float64)
    inside = ndi.binary_erosion(first, iterations=4)
    k, i = np.nonzero(inside)
    if len(k) < 100:
        return None, None
    mid = np.array([i.mean(), k.mean()])
    x, z, y = i - mid[0], k - mid[1], y[inside]
    terms = np.stack([np.ones_like(x), x * x, z, z * z], 1)
    return np.linalg.lstsq(terms, y, rcond=None)[0], mid


def some_voxels(mask: np.ndarray, n: int = 2000) -> np.ndarray:
    """`n` voxels (i, j, k) of the mask, the same on every call."""
    at = np.flatnonzero(mask)
    at = np.random.default_rng(0).choice(at, min(n, len(at)), replace=False)
    return np.stack(np.unravel_index(at, mask.shape)[::-1], 1).astype(np.float64)


def finish(head: Head) -> Head:
    """Fills in what is derived from the labels."""
    labels = head.labels
    head.outline = some_voxels(labels > 0)
    head.aimed = some_voxels((labels == 5) | (labels == 2) | (labels == 4))
    head.center = head.aimed.mean(0)
    head.skin, head.skin_mid = fit_skin(labels)
    head.frame = HeadFrame.of(labels, Wall.read())
    bottom = labels[1]
    if (bottom == 1).sum() > 1000 and (bottom > 1).sum() < 0.15 * (bottom == 1).sum():
        head.neck = np.argwhere(bottom > 0).mean(0)[::-1]
    if head.kind == "map":
        head.under_skin = map_zones.depth_under_skin(labels > 0) < 9.0
    return head


def prepare(data: Path, cache: Path) -> None:
    """Writes the cache: one .npz per IXI person with zones and per SynthSeg map."""
    cache.mkdir(parents=True, exist_ok=True)
    for path in sorted((data / "zones").glob("*_zones.nii.gz")):
        name = path.name.removesuffix("_T1_zones.nii.gz")
        target = cache / f"ixi-{name}.npz"
        if name.startswith("template") or target.exists():
            continue
        image = read_nifti(data / "nifti/ixi_hh" / f"{name}_T1.nii.gz").data
        labels = read_nifti(path, np.uint8).data
        image = np.clip(image / np.quantile(image[image > 0], 0.9995) * 255, 0, 255)
        np.savez_compressed(target, image=np.rint(image).astype(np.uint8), labels=labels,
                            tissue=tissue_of_scan(image, labels))
    for path in sorted((data / "nifti/synthseg_labels").glob("*_labels.nii.gz")):
        target = cache / f"map-{path.name.removesuffix('_labels.nii.gz')}.npz"
        if not target.exists():
            codes, labels = map_zones.make(path, data / "zones")
            np.savez_compressed(target, codes=codes, labels=labels)


def load(cache: Path, people: list[str]) -> list[Head]:
    """The cached IXI heads of these people."""
    heads = []
    for name in people:
        with np.load(cache / f"ixi-{name}.npz") as box:
            heads.append(finish(Head(name, "real", box["labels"], box["tissue"], box["image"])))
    return heads


def load_maps(cache: Path) -> list[Head]:
    """The cached SynthSeg maps."""
    heads = []
    for path in sorted(cache.glob("map-*.npz")):
        with np.load(path) as box:
            codes, labels = box["codes"], box["labels"]
        tissue = tissue_of_map(codes)
        tissue[(tissue == T_OUT) & (labels > 0)] = T_CAVITY
        heads.append(finish(Head(path.stem, "map", labels, tissue)))
    return heads


def load_phantoms(folder: Path, most: int = 20) -> list[Head]:
    """Rendered phantoms with their label maps, resampled to 2 mm by nearest neighbour."""
    heads = []
    for path in sorted(folder.glob("phantom-*_labels.nii.gz"))[:most]:
        volume = read_nifti(path, np.uint8)
        zoom = volume.spacing[::-1] / map_zones.WORK_MM
        same = bool(np.allclose(zoom, 1))
        labels = volume.data if same else ndi.zoom(volume.data, zoom, order=0)
        first = finish(Head(path.stem, "phantom", labels, None))
        for modality in ("ct", "mr"):
            scan = path.with_name(path.name.replace("_labels", f"_{modality}"))
            if scan.exists():
                image = read_nifti(scan).data
                image = image if same else ndi.zoom(image, zoom, order=1)
                heads.append(replace(first, name=scan.stem, image=image, modality=modality))
    return heads


def read_split(path: Path) -> dict[str, list[str]]:
    """{'train': [...], 'validation': [...]} of IXI people."""
    return json.loads(path.read_text())
