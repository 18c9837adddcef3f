"""Random contrasts painted on tissue maps, in raw units (MR about 0-1, CT in HU)."""
from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from . import heads as t
from .heads import Head


def smooth_field(shape: tuple[int, ...], cell_mm: float, rng: np.random.Generator) -> np.ndarray:
    """Smooth normal noise, sd about 1 at the knots, one knot per `cell_mm` at 2 mm voxels."""
    cells = tuple(max(2, int(n * 2 / cell_mm)) for n in shape)
    knots = torch.from_numpy(rng.standard_normal((1, 1, *cells), np.float32))
    return F.interpolate(knots, shape, mode="trilinear", align_corners=True)[0, 0].numpy()


def split_soft_tissue(head: Head, rng: np.random.Generator) -> np.ndarray:
    """Tissue ids with the maps' soft tissue divided into muscle and fat at random."""
    tissue = head.tissue
    if head.under_skin is None:
        return tissue
    field = smooth_field(tissue.shape, rng.uniform(10, 24), rng)
    outer, inner = rng.uniform(-1.2, 0.5), rng.uniform(0.3, 1.5)
    fat = (tissue == t.T_MUSCLE) & (field > np.where(head.under_skin, outer, inner))
    return np.where(fat, np.uint8(t.T_FAT), tissue)


def paint_mr(head: Head, rng: np.random.Generator) -> np.ndarray:
    """One random intensity and texture per tissue; air near 0."""
    mean = rng.uniform(0.05, 1, t.TISSUES).astype(np.float32)
    sd = rng.uniform(0, 0.1, t.TISSUES).astype(np.float32)
    mean[t.T_OUT], sd[t.T_OUT] = 0, 0
    if rng.random() < 0.85:
        mean[t.T_CAVITY], sd[t.T_CAVITY] = rng.uniform(0, 0.1), 0.02
    if rng.random() < 0.75:
        mean[t.T_SKULL] = rng.uniform(0, 0.25)
    if rng.random() < 0.6:  # fat and marrow alike
        mean[t.T_MARROW] = mean[t.T_FAT] * rng.uniform(0.7, 1.1)
        mean[t.T_SKIN] = mean[t.T_FAT] * rng.uniform(0.5, 1.0)
    if rng.random() < 0.5:  # fluid alike: T2, FLAIR
        mean[t.T_GLOBE] = mean[t.T_CSF] * rng.uniform(0.8, 1.1)
    tissue = split_soft_tissue(head, rng)
    noise = rng.standard_normal(tissue.shape, np.float32)
    return np.maximum(mean[tissue] + sd[tissue] * noise, 0)


def paint_ct(head: Head, rng: np.random.Generator) -> np.ndarray:
    """Hounsfield units; for scans (no true bone) dark tissue becomes air or bone at random."""
    hu = np.full(t.TISSUES, -1000.0, np.float32)
    base = rng.uniform(20, 45)
    hu[t.T_CSF], hu[t.T_GM], hu[t.T_WM] = rng.uniform(0, 18), base + rng.uniform(2, 10), base
    hu[t.T_PARTIAL], hu[t.T_GLOBE] = base, rng.uniform(0, 25)
    hu[t.T_MUSCLE], hu[t.T_FAT] = rng.uniform(35, 80), rng.uniform(-130, -60)
    hu[t.T_SKIN], hu[t.T_MUCOSA] = rng.uniform(-60, 70), rng.uniform(-100, 60)
    hu[t.T_SKULL], hu[t.T_MARROW] = rng.uniform(500, 1700), rng.uniform(50, 600)
    hu[t.T_VESSEL] = rng.uniform(40, 90) if rng.random() < 0.6 else rng.uniform(120, 450)
    hu[t.T_X1] = rng.uniform(-80, 60)
    if head.kind == "real" and rng.random() < 0.4:
        hu[t.T_CAVITY] = rng.uniform(200, 900)
    spread = np.full(t.TISSUES, 6.0, np.float32)
    spread[[t.T_SKULL, t.T_MARROW]] = rng.uniform(40, 250)
    spread[[t.T_MUSCLE, t.T_FAT, t.T_SKIN, t.T_MUCOSA]] = rng.uniform(6, 30)
    spread[[t.T_OUT]] = 0
    tissue = split_soft_tissue(head, rng)
    noise = rng.standard_normal(tissue.shape, np.float32)
    image = hu[tissue] + spread[tissue] * noise
    if rng.random() < 0.15:  # dental metal
        low = np.argwhere((head.labels == 2) & (tissue == t.T_SKULL))
        for k, j, i in low[rng.integers(0, len(low), rng.integers(1, 5))] if len(low) else ():
            r = int(rng.integers(1, 4))
            image[max(0, k - r):k + r, max(0, j - r):j + r, max(0, i - r):i + r] = 3000
    return image
