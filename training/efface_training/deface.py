"""Heads that were already defaced, and stripped brains: negatives made from positives.

All functions work on the network grid: `image` and `labels` are tensors (K, J, I),
`source` gives the head's own voxel coordinates (2 mm), so that a cut turns with the head.
"""
from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage as ndi

from .frame import Wall
from .heads import Head
from .spatial import SOURCE_MM


WALL = Wall.read()


def standard_cut(labels: torch.Tensor, head: Head, source: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """What the tool itself opens: the columns of the face up to the curved wall, minus the guard.

    The wall lies 8-28 mm behind the mean face surface and is tilted and moved a little.
    """
    points = source.numpy() * np.float32(SOURCE_MM)
    if rng.random() < 0.5:  # landmarks of a network are not those of the truth
        turn = np.eye(3) + rng.normal(0, 0.04, (3, 3))
        middle = points.mean((1, 2, 3), keepdims=True)
        points = np.einsum("ab,bkji->akji", turn, points - middle) + middle
        points = points + rng.normal(0, 3, (3, 1, 1, 1))
    front = head.frame.in_front(points, WALL, rng.uniform(8, 28))
    return torch.from_numpy(front) & ~near_brain(labels)


def near_brain(labels: torch.Tensor) -> torch.Tensor:
    """Brain and everything within two voxels of it."""
    return torch.from_numpy(ndi.binary_dilation((labels == 5).numpy(), iterations=2))


def cylinder_in_front(head: Head, source: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """True in front of a smooth convex wall 10-30 mm behind this head's mean face skin."""
    a, _, c, _ = head.skin
    x = (source[0] - float(head.skin_mid[0])) * SOURCE_MM
    z = (source[2] - float(head.skin_mid[1])) * SOURCE_MM
    radius = rng.uniform(60, 95)
    bow = rng.uniform(0, 1) / (2 * 110)
    slope = float(c) + rng.normal(0, 0.08)
    sag = radius - torch.sqrt((radius ** 2 - x ** 2).clamp(min=1.0))
    wall = float(a) * SOURCE_MM + rng.uniform(10, 30) + sag + slope * z + bow * z * z
    return source[1] * SOURCE_MM < wall


def plane_in_front(head: Head, source: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """True in front of and below a slanted plane (or two: a wedge) through the face."""
    a = float(head.skin[0]) * SOURCE_MM
    z = (source[2] - float(head.skin_mid[1])) * SOURCE_MM
    y = source[1] * SOURCE_MM - a
    front = y + rng.uniform(-0.9, 0.3) * z < rng.uniform(10, 45)
    if rng.random() < 0.5:
        front = front & (z < rng.uniform(10, 45) - 0.3 * y)
    return front


def fill(image: torch.Tensor, where: torch.Tensor, background: float, rng: np.random.Generator) -> None:
    """Blank, noise, constant or blur inside `where`; changes `image`."""
    kind = rng.random()
    if kind < 0.6:
        image[where] = background
    elif kind < 0.8:
        inside = image[where]
        sd = float(inside.std()) if inside.numel() > 1 else 0.1
        noise = torch.from_numpy(rng.standard_normal(int(where.sum()), np.float32))
        image[where] = background + (noise.abs() * rng.uniform(0.05, 0.6) * sd)
    elif kind < 0.9:
        image[where] = background + float(rng.uniform(0, 0.5)) * (float(image[where].mean()) - background)
    else:
        soft = ndi.gaussian_filter(image.numpy(), rng.uniform(3, 5))
        image[where] = torch.from_numpy(soft)[where]


def defaced(image: torch.Tensor, labels: torch.Tensor, head: Head, source: torch.Tensor,
            background: float, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """One of several cuts; what is cut becomes air, face behind the cut becomes head."""
    image, labels = image.clone(), labels.clone()
    face, eyes, ears = labels == 2, labels == 4, labels == 3
    eyes_too = rng.random() < 0.75
    zone = face | eyes if eyes_too else face
    kind = rng.random()
    front = torch.zeros_like(face)
    if kind < 0.6 and head.frame is not None:
        cut = standard_cut(labels, head, source, rng)
    elif kind < 0.72:
        front = cylinder_in_front(head, source, rng)
        cut = zone & front
    elif kind < 0.82:
        front = plane_in_front(head, source, rng)
        cut = (labels > 0) & front & ~near_brain(labels)
    elif kind < 0.91:  # whole zone
        cut = zone
    else:  # shell
        inside = np.pad((labels > 0).numpy(), ((12, 0), (0, 0), (0, 0)), mode="edge")
        depth = torch.from_numpy(ndi.distance_transform_edt(inside)[12:] * 3.0)
        cut = zone & (depth < rng.uniform(10, 20))
    if rng.random() < 0.6:
        cut = cut | ears
    air = front & (labels == 0)
    x = (source[0] - float(head.skin_mid[0])) * SOURCE_MM
    z = (source[2] - float(head.skin_mid[1])) * SOURCE_MM
    air &= (x.abs() < 80) & (z.abs() < 75)
    fill(image, cut | air, background, rng)
    left = eyes & ~cut
    labels[face | (ears & bool((cut & ears).any()))] = 1
    if int(left.sum()) < 0.5 * int(eyes.sum()):
        labels[left] = 1
    labels[cut] = 0
    return image, labels


def stripped(image: torch.Tensor, labels: torch.Tensor, background: float,
             rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Only the brain is left, sometimes with a rim."""
    keep = labels == 5
    if rng.random() < 0.3:
        keep = torch.from_numpy(ndi.binary_erosion(keep.numpy(), iterations=1))
    image = torch.where(keep, image, torch.tensor(background))
    return image, torch.where(keep, labels, torch.zeros_like(labels))
