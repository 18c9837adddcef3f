"""Things that are no head: noise, nested objects, boxes, trunks of a body."""
from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

Arrays = tuple[torch.Tensor, torch.Tensor]


def _grid(shape: tuple[int, int, int], spacing_mm: float) -> list[torch.Tensor]:
    """x, y, z in mm from the middle of the box, each broadcastable to (K, J, I)."""
    k, j, i = ((torch.arange(n, dtype=torch.float32) - (n - 1) / 2) * spacing_mm for n in shape)
    return [i[None, None, :], j[None, :, None], k[:, None, None]]


def noise(shape: tuple[int, int, int], rng: np.random.Generator) -> Arrays:
    """Nothing, a constant, or noise of some correlation; label air everywhere."""
    image = torch.zeros(shape)
    kind = rng.random()
    if kind > 0.25:
        image = torch.from_numpy(rng.standard_normal(shape, np.float32))
        if rng.random() < 0.4:
            image = F.avg_pool3d(image[None, None], 3, 1, 1)[0, 0] * 3
        image = image.abs() if rng.random() < 0.5 else image
        if rng.random() < 0.3:
            image = torch.from_numpy(rng.random(shape, np.float32))
    return image, torch.zeros(shape, dtype=torch.uint8)


def nested(shape: tuple[int, int, int], spacing_mm: float, rng: np.random.Generator) -> Arrays:
    """One to eight ellipsoids, boxes or cylinders inside one another; label head inside."""
    x, y, z = _grid(shape, spacing_mm)
    image = torch.zeros(shape)
    labels = torch.zeros(shape, dtype=torch.uint8)
    size = rng.uniform(40, 110, 3)
    at = rng.uniform(-15, 15, 3)
    for n in range(int(rng.integers(1, 9))):
        r = size * rng.uniform(0.1, 0.95) if n else size
        c = at + rng.uniform(-1, 1, 3) * (size - r) * 0.7
        u, v, w = (x - c[0]) / r[0], (y - c[1]) / r[1], (z - c[2]) / r[2]
        kind = rng.random()
        if kind < 0.6:
            inside = u * u + v * v + w * w < 1
        elif kind < 0.8:
            inside = (u.abs() < 1) & (v.abs() < 1) & (w.abs() < 1)
        else:
            inside = (u * u + v * v < 1) & (w.abs() < 1)
        image = torch.where(inside, torch.tensor(float(rng.uniform(0, 1))), image)
        labels[inside] = 1
    return image, labels


def trunk(shape: tuple[int, int, int], spacing_mm: float, rng: np.random.Generator, ct: bool) -> Arrays:
    """A body section: outline, fat, organs, spine, ribs, lungs or gas; label head inside."""
    x, y, z = _grid(shape, spacing_mm)
    rx, ry = rng.uniform(70, 210), rng.uniform(60, 140)
    wave = 1 + 0.08 * torch.sin(z / rng.uniform(20, 60) + float(rng.uniform(0, 6)))
    r2 = ((x / rx) ** 2 + (y / ry) ** 2) / wave
    def value(low: float, high: float, mr_low: float = 0.1, mr_high: float = 1.0) -> float:
        return float(rng.uniform(low, high) if ct else rng.uniform(mr_low, mr_high))
    air = -1000.0 if ct else 0.0
    image = torch.full(shape, air)
    labels = torch.zeros(shape, dtype=torch.uint8)
    inside = (r2 < 1).expand(shape)
    image[inside] = value(-120, -70)
    image[(r2 < rng.uniform(0.6, 0.9)).expand(shape)] = value(30, 70)
    for _ in range(int(rng.integers(2, 9))):
        c, r = rng.uniform(-0.6, 0.6, 3) * [rx, ry, 100], rng.uniform(8, 55, 3)
        organ = ((x - c[0]) / r[0]) ** 2 + ((y - c[1]) / r[1]) ** 2 + ((z - c[2]) / r[2]) ** 2 < 1
        image[organ & inside] = value(0, 120) if rng.random() < 0.8 else air
    spine = (x / 20) ** 2 + ((y - 0.55 * ry) / 18) ** 2 < 1
    image[spine & inside & (torch.sin(z / 5.5) > -0.8)] = value(150, 600, 0.05, 0.8)
    if rng.random() < 0.5:
        ribs = ((r2 - 0.8).abs() < 0.05) & (torch.sin(z / 4 + y / 30) > 0.4)
        image[ribs & inside] = value(200, 800, 0.0, 0.4)
    labels[inside] = 1
    return image, labels
