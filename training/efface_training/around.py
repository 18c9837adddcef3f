"""What lies around a head and is not the head: couch, holder, mask, beard, headphones, coil, pads.

All of it is painted into empty voxels and stays label 0, so that the network learns to leave it.
Axes of `source` are i, j, k of the head (to the left, to posterior, to superior), x, y, z in mm.
"""
from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from .heads import Head
from .spatial import SOURCE_MM

FACE, EAR = 2, 3


def surround(image: torch.Tensor, labels: torch.Tensor, head: Head, source: torch.Tensor,
             spacing_mm: float, ct: bool, rng: np.random.Generator) -> None:
    """Draws some of it at random around one placed head; changes `image`."""
    if rng.random() < (0.8 if ct else 0.15):
        supports(image, labels, head, source, ct, rng)
    if rng.random() < (0.2 if ct else 0.1):
        beard(image, labels, source, spacing_mm, ct, rng)
    if rng.random() < (0.08 if ct else 0.15):
        headphones(image, labels, source, ct, rng)
    if not ct and rng.random() < 0.15:
        coil(image, labels, head, source, rng)


def centred(head: Head, source: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, np.ndarray]:
    """x, y, z in mm from the middle of the head's outline, and its half extent in mm."""
    low, high = head.outline.min(0), head.outline.max(0)
    mid = (low + high) / 2
    x, y, z = ((source[n] - float(mid[n])) * SOURCE_MM for n in range(3))
    return x, y, z, np.asarray(high - mid, float) * SOURCE_MM


def matter(ct: bool, rng: np.random.Generator) -> float:
    """One intensity of something made: HU, or a part of the brightest tissue."""
    return float(rng.uniform(-850, 250) if ct else rng.uniform(0.05, 0.8))


def supports(image: torch.Tensor, labels: torch.Tensor, head: Head, source: torch.Tensor,
             ct: bool, rng: np.random.Generator) -> None:
    """Couch slab, curved head holder, pillow or mask layer around the head; changes `image`."""
    x, y, z, half = centred(head, source)
    back = float(half[1])
    empty = labels == 0
    gap = rng.uniform(-10, 25)
    if rng.random() < 0.7:
        top = back + gap + rng.uniform(-0.15, 0.15) * z + (x / rng.uniform(150, 600)) ** 2 * -60
        image[empty & (y > top) & (y < top + rng.uniform(4, 40)) & (x.abs() < rng.uniform(60, 260))] = matter(ct, rng)
    if rng.random() < 0.4:
        r = torch.sqrt(x ** 2 + (y + rng.uniform(-10, 10)) ** 2)
        radius = back + rng.uniform(-2, 15)
        shell = (r > radius) & (r < radius + rng.uniform(3, 15)) & (y > rng.uniform(-20, 40))
        image[empty & shell & (z > rng.uniform(-120, 0))] = matter(ct, rng)
    if rng.random() < 0.3:
        near = F.max_pool3d((~empty).float()[None, None], 5, 1, 2)[0, 0] > 0
        nearer = F.max_pool3d((~empty).float()[None, None], 3, 1, 1)[0, 0] > 0
        patch = torch.sin(z / rng.uniform(10, 40)) + torch.sin(x / rng.uniform(10, 40)) > rng.uniform(-1, 1)
        image[empty & near & ~nearer & patch] = matter(ct, rng)


def beard(image: torch.Tensor, labels: torch.Tensor, source: torch.Tensor, spacing_mm: float,
          ct: bool, rng: np.random.Generator) -> None:
    """Hair over the lower face, 3-30 mm deep: thin matter in CT, weak signal in MR; changes `image`."""
    face = labels == FACE
    if not face.any():
        return
    z = source[2]
    rim = z[face].quantile(float(rng.uniform(0.25, 0.55))) if int(face.sum()) < 10**6 else z[face].median()
    reach = max(1, int(round(rng.uniform(3, 30) / spacing_mm)))
    near = F.max_pool3d((face & (z < rim)).float()[None, None], 2 * reach + 1, 1, reach)[0, 0] > 0
    hair = near & (labels == 0)
    strands = torch.from_numpy(rng.random(tuple(image.shape), np.float32))
    hair &= strands < float(rng.uniform(0.5, 1))
    if ct:
        image[hair] = -1000 + float(rng.uniform(40, 500)) * (0.5 + strands[hair])
    else:
        image[hair] = float(image.max()) * float(rng.uniform(0.01, 0.25)) * (0.5 + strands[hair])


def headphones(image: torch.Tensor, labels: torch.Tensor, source: torch.Tensor, ct: bool,
               rng: np.random.Generator) -> None:
    """A cup over each ear, filled or hollow, sometimes pressed to the skin; changes `image`."""
    ears = labels == EAR
    if not ears.any():
        return
    x, y, z = (source[n] * SOURCE_MM for n in range(3))
    middle = float(x[labels > 0].mean())
    wide, deep = float(rng.uniform(22, 48)), float(rng.uniform(12, 55))
    wall = float(rng.uniform(3, 8))
    hollow, value = rng.random() < 0.5, matter(ct, rng) * (1 if ct else float(image.max()))
    for side in (-1, 1):
        ear = ears & ((x - middle) * side > 0)
        if not ear.any():
            continue
        at = [float(c[ear].mean()) for c in (x, y, z)]
        out = (x - at[0]) * side
        across = torch.sqrt((y - at[1]) ** 2 + (z - at[2]) ** 2)
        cup = (out > -10) & (out < deep) & (across < wide)
        if hollow:
            cup &= (out > deep - wall) | (across > wide - wall)
        image[cup & (labels == 0)] = value


def coil(image: torch.Tensor, labels: torch.Tensor, head: Head, source: torch.Tensor,
         rng: np.random.Generator) -> None:
    """Rods of a head coil and pads between coil and head, where they give signal; changes `image`."""
    x, y, z, half = centred(head, source)
    empty = labels == 0
    bright = float(image.max())
    radius = float(max(half[0], half[1]) + rng.uniform(5, 45))
    squeeze = float(rng.uniform(0.85, 1.0))
    if rng.random() < 0.7:
        angle = torch.atan2(y, x / squeeze)
        rods = int(rng.integers(5, 17))
        turn = float(rng.uniform(0, 2 * np.pi))
        off = torch.remainder((angle + turn) * rods / (2 * np.pi), 1.0) - 0.5
        r = torch.sqrt((x / squeeze) ** 2 + y ** 2)
        thick = float(rng.uniform(2, 9))
        rod = ((r - radius).abs() < thick) & (off.abs() * 2 * np.pi * radius / rods < thick)
        image[empty & rod & (z.abs() < float(rng.uniform(60, 160)))] = bright * matter(False, rng)
    if rng.random() < 0.6:
        value = bright * float(rng.uniform(0.03, 0.7))
        tall, start = float(rng.uniform(25, 80)), float(rng.uniform(-60, 60))
        pad = (x.abs() > float(rng.uniform(0.5, 0.9)) * half[0]) & (x.abs() < radius)
        pad &= (z - start).abs() < tall
        pad &= (y - float(rng.uniform(-40, 60))).abs() < float(rng.uniform(20, 70))
        image[empty & pad] = value
