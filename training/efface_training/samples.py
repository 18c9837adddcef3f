"""One training sample: a head, placed, painted, cut, disturbed and normalised."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage as ndi

from . import objects, paint
from .around import surround
from .deface import defaced, stripped
from .heads import Head
from .network import NetworkSpec
from .normalise import normalise_ct, normalise_mr
from .spatial import SOURCE_MM, Level, in_view, place, sample


@dataclass(frozen=True)
class Mix:
    """Shares of the sources and how hard the geometry and the contrasts are."""

    maps: float = 0.45
    phantoms: float = 0.10  # of the samples, when there are any
    repaint: float = 0.3  # of the real scans
    negatives: float = 0.19
    contrast: float = 1.0
    level: Level = Level()


@dataclass
class Sources:
    """All heads of a run, in memory."""

    real: list[Head]
    maps: list[Head]
    phantoms: list[Head]


def draw(sources: Sources, spec: NetworkSpec, mix: Mix,
         rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns (image float32 (K, J, I), labels uint8 (K, J, I) 0-6)."""
    negative = rng.random() < mix.negatives
    if negative and rng.random() < 0.25:
        return no_head(spec, rng)
    head, image, ct = pick(sources, mix, rng)
    placed = place(head, spec.shape, spec.spacing_mm, rng, mix.level)
    labels = sample(head.labels, placed.source, nearest=True).to(torch.uint8)
    labels[placed.below & (labels > 1)] = 1
    background = -1000.0 if ct else 0.0
    image = shrink(image, spec.spacing_mm)
    image = sample(image - background, placed.source) + background
    if negative:
        if rng.random() < 0.87 and head.skin is not None:
            image, labels = defaced(image, labels, head, placed.source, background, rng)
        else:
            image, labels = stripped(image, labels, background, rng)
    if not ct and rng.random() < 0.12:
        metal_void(image, labels, rng)
    surround(image, labels, head, placed.source, spec.spacing_mm, ct, rng)
    fov = placed.fov
    if rng.random() < 0.5:
        seen = in_view(placed.source, head.labels.shape) | placed.below
        fov = fov & seen
    if ct:
        image = disturb_ct(image, rng)
        result = normalise_ct(image.numpy(), fov.numpy())
    else:
        image = disturb_mr(image, labels, rng, mix.contrast)
        result = normalise_mr(image.numpy(), fov.numpy())
    labels[~fov] = 0
    return torch.from_numpy(result), labels


def pick(sources: Sources, mix: Mix, rng: np.random.Generator) -> tuple[Head, np.ndarray, bool]:
    """A head with an image in raw units [k, j, i] and whether it is CT."""
    if sources.phantoms and rng.random() < mix.phantoms:
        head = sources.phantoms[rng.integers(len(sources.phantoms))]
        if head.modality == "ct":
            return head, head.image, True
        return head, head.image / max(float(head.image.max()), 1e-6), False
    if sources.maps and (not sources.real or rng.random() < mix.maps):
        head = sources.maps[rng.integers(len(sources.maps))]
        ct = rng.random() < 0.5
        return head, (paint.paint_ct if ct else paint.paint_mr)(head, rng), ct
    head = sources.real[rng.integers(len(sources.real))]
    real = head.image.astype(np.float32) / 255
    if rng.random() >= mix.repaint * mix.contrast:
        return head, real, False
    if rng.random() < 0.2:
        return head, paint.paint_ct(head, rng), True
    painted = paint.paint_mr(head, rng)
    keep = rng.uniform(0.2, 0.6) if rng.random() < 0.4 else 0.0
    return head, keep * real + (1 - keep) * painted, False


def shrink(image: np.ndarray, spacing_mm: float) -> np.ndarray:
    """Averages 2 mm voxels over about one network voxel, as the browser's resampling does."""
    width = int(round(spacing_mm / SOURCE_MM))
    if width < 3:
        return image
    return ndi.uniform_filter(image, width)


def disturb_ct(image: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Kernel, slice thickness, noise, and small errors of scale (HU in, HU out)."""
    image = thick_slices(image, rng, 0.4)
    if rng.random() < 0.4:
        image = blur(image, rng.uniform(0.3, 0.8))
    noise = torch.from_numpy(rng.standard_normal(tuple(image.shape), np.float32))
    image = image + noise * float(rng.uniform(2, 70) if rng.random() < 0.7 else 0)
    if rng.random() < 0.15:
        image = image.clamp(max=float(rng.uniform(300, 1600)))
    return image * float(rng.uniform(0.95, 1.05)) + float(rng.uniform(-20, 20))


def disturb_mr(image: torch.Tensor, labels: torch.Tensor, rng: np.random.Generator,
               amount: float) -> torch.Tensor:
    """Inversion, gamma, bias field, thick slices, blur, Rician noise (about 0-1 in and out)."""
    top = float(image.max()) + 1e-6
    image = (image / top).clamp(min=0)
    if rng.random() < 0.18 * amount:
        image = torch.where(labels > 0, (1 - image), image)
    if rng.random() < 0.8:
        span = np.log([0.3, 2.2]) * amount if rng.random() < 0.5 else np.log([0.7, 1.4])
        image = image ** float(np.exp(rng.uniform(*span)))
    if rng.random() < 0.7:
        knots = torch.from_numpy(rng.normal(0, 0.35 * amount, (1, 1, 4, 4, 4)).astype(np.float32))
        image = image * torch.exp(F.interpolate(knots, image.shape, mode="trilinear", align_corners=True)[0, 0])
    if rng.random() < 0.15 * amount:
        image = ghosts(image, rng)
    image = thick_slices(image, rng, 0.4)
    if rng.random() < 0.3:
        image = blur(image, rng.uniform(0.3, 0.9))
    if rng.random() < 0.75:
        sd = float(rng.uniform(0.002, 0.04) if rng.random() < 0.75 else rng.uniform(0.04, 0.12)) * amount
        noise = torch.from_numpy(rng.standard_normal((2, *image.shape), np.float32)) * sd * float(image.max())
        image = torch.sqrt((image + noise[0]) ** 2 + noise[1] ** 2)
    return image


def metal_void(image: torch.Tensor, labels: torch.Tensor, rng: np.random.Generator) -> None:
    """Signal void with a bright rim in the face, as dental metal leaves in MR; changes `image`."""
    low = torch.nonzero(labels == 2)
    if not len(low):
        return
    at = low[int(rng.integers(len(low)))].float()
    axes = [torch.arange(n, dtype=torch.float32) - float(c) for n, c in zip(image.shape, at)]
    k, j, i = torch.meshgrid(*axes, indexing="ij")
    stretch = rng.uniform(0.6, 1.6, 3)
    r = torch.sqrt((k * stretch[0]) ** 2 + (j * stretch[1]) ** 2 + (i * stretch[2]) ** 2)
    radius = float(rng.uniform(2, 10))  # voxels
    image[(r < radius + 1) & (labels > 0)] *= float(rng.uniform(1, 2))
    image[r < radius] *= float(rng.uniform(0, 0.15))


def ghosts(image: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Weak copies of the head along one axis: motion in the phase direction, or a fold-over."""
    axis = int(rng.integers(3))
    n = image.shape[axis]
    step = int(n * rng.uniform(0.15, 0.5))
    part = float(rng.uniform(0.02, 0.15))
    return image + part * (image.roll(step, axis) + image.roll(-step, axis))


def blur(image: torch.Tensor, sigma: float) -> torch.Tensor:
    """Gaussian blur, sigma in voxels."""
    return torch.from_numpy(ndi.gaussian_filter(image.numpy(), sigma, truncate=2.5))


def thick_slices(image: torch.Tensor, rng: np.random.Generator, share: float) -> torch.Tensor:
    """Slices 1.3-4 times thicker along one axis, averaged down, linear or nearest back up."""
    if rng.random() >= share:
        return image
    axis = int(rng.integers(3))
    shape = list(image.shape)
    shape[axis] = max(8, int(shape[axis] / rng.uniform(1.3, 4)))
    mode = "area" if rng.random() < 0.6 else "nearest"
    low = F.interpolate(image[None, None], tuple(shape), mode=mode)
    if rng.random() < 0.75:
        return F.interpolate(low, tuple(image.shape), mode="trilinear", align_corners=False)[0, 0]
    return F.interpolate(low, tuple(image.shape), mode="nearest")[0, 0]


def no_head(spec: NetworkSpec, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Noise, nested objects or a trunk."""
    shape, kind = spec.shape, rng.random()
    fov = np.ones(shape, bool)
    ct = False
    if kind < 0.25:
        image, labels = objects.noise(shape, rng)
    elif kind < 0.6:
        image, labels = objects.nested(shape, spec.spacing_mm, rng)
        image = disturb_mr(image, labels, rng, 1.0)
    else:
        ct = rng.random() < 0.5
        image, labels = objects.trunk(shape, spec.spacing_mm, rng, ct)
        image = disturb_ct(image, rng) if ct else disturb_mr(image, labels, rng, 1.0)
    image = image.numpy()
    if rng.random() < 0.4:
        axis, side = int(rng.integers(3)), int(rng.integers(2))
        n = int(shape[axis] * rng.uniform(0.05, 0.5))
        cut = [slice(None)] * 3
        cut[axis] = slice(0, n) if side else slice(shape[axis] - n, None)
        fov[tuple(cut)] = False
        labels[torch.from_numpy(~fov)] = 0
    result = normalise_ct(image, fov) if ct else normalise_mr(image, fov)
    return torch.from_numpy(result), labels
