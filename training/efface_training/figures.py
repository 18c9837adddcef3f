"""What is measured on one labelled case, and how rows of people are summed up."""
from __future__ import annotations

import numpy as np
from scipy import ndimage as ndi

from .conditions import Case
from .infer import Result, agreement, dice
from .resample import from_grid

GUARD_MM = 5.0
LABELS = {"face": (2,), "zone": (2, 4), "ears": (3,), "eyes": (4,), "brain": (5,), "forehead": (6,)}


def near(mask: np.ndarray, mm: float, spacing: np.ndarray) -> np.ndarray:
    """Everything within `mm` of the mask [k, j, i]; `spacing` along i, j, k (exact, on a crop)."""
    out = np.zeros(mask.shape, bool)
    at = np.argwhere(mask)
    if len(at):
        rim = np.ceil(mm / spacing[::-1]).astype(int) + 1
        low = np.maximum(at.min(0) - rim, 0)
        crop = tuple(slice(a, b) for a, b in zip(low, at.max(0) + rim + 1))
        out[crop] = ndi.distance_transform_edt(~mask[crop], sampling=spacing[::-1]) <= mm
    return out


def guarded(labels: np.ndarray, spacing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(removal before, removal after the 5 mm guard) for labels [k, j, i]; removal = 2, 3, 4.

    The guard is the network's own brain: largest component, holes filled.
    """
    removal = (labels == 2) | (labels == 3) | (labels == 4)
    brain = labels == 5
    parts, n = ndi.label(brain)
    if n == 0:
        return removal, removal
    brain = ndi.binary_fill_holes(parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:])))
    return removal, removal & ~near(brain, GUARD_MM, spacing)


def measure(result: Result | None, case: Case) -> dict[str, float]:
    """Figures on the native grid of the truth (2 mm): Dice, brain voxels cut, volumes in ml."""
    truth, ml = case.zones.data, 0.008
    if result is None:
        return {"missed": 1.0}
    labels = from_grid(result.labels, result.grid, case.zones)
    out = {name: dice(np.isin(labels, ids), np.isin(truth, ids))
           for name, ids in LABELS.items() if not case.defaced or name in ("brain", "forehead")}
    before, after = guarded(labels, case.zones.spacing)
    real = case.brain.data > 0
    out["cut before"], out["cut after"] = float((before & real).sum()), float((after & real).sum())
    target = np.isin(truth, (2, 3, 4))
    reach = near(target, 6.0, case.zones.spacing)
    out["outside ml"] = float((after & ~reach & (truth > 0)).sum()) * ml
    out["face ml"] = float((labels == 2).sum()) * ml
    out["zone ml"] = float(np.isin(labels, (2, 4)).sum()) * ml
    out["ears ml"] = float((labels == 3).sum()) * ml
    out["true face ml"] = float((truth == 2).sum()) * ml
    out["found again"] = out["face ml"] / max(out["true face ml"], 1e-6)
    out["mirror removal"], out["mirror brain"] = agreement(result)
    return out


def summary(rows: list[dict[str, float]]) -> dict[str, float]:
    """Means over people, the worst head for cut voxels and mirror agreement."""
    found = [row for row in rows if "missed" not in row]
    out = {"people": float(len(rows)), "missed": float(len(rows) - len(found))}
    if not found:
        return out
    for key in found[0]:
        out[key] = float(np.mean([row[key] for row in found]))
    out["worst cut after"] = max(row["cut after"] for row in found)
    out["worst found again"] = max(row["found again"] for row in found)
    out["worst mirror removal"] = min(row["mirror removal"] for row in found)
    out["worst mirror brain"] = min(row["mirror brain"] for row in found)
    return out


def line(title: str, s: dict[str, float]) -> str:
    """One row of the table as text."""
    if "brain" not in s:
        return f"{title:26s} missed {s['missed']:.0f}"
    if "face" not in s:
        return (f"{title:26s} brain {s['brain']:.3f} | face {s['face ml']:.1f} ml of {s['true face ml']:.0f} "
                f"({100 * s['found again']:.1f} %, worst {100 * s['worst found again']:.1f} %), "
                f"ears {s['ears ml']:.1f} ml | cut {s['cut before']:.1f} -> {s['cut after']:.1f} "
                f"worst {s['worst cut after']:.0f} | missed {s['missed']:.0f}")
    return (f"{title:26s} face {s['face']:.3f} zone {s['zone']:.3f} ears {s['ears']:.3f} eyes {s['eyes']:.3f} "
            f"brain {s['brain']:.3f} forehead {s['forehead']:.3f} | cut {s['cut before']:.1f} -> "
            f"{s['cut after']:.1f} worst {s['worst cut after']:.0f} | outside {s['outside ml']:.1f} ml | mirror "
            f"{s['mirror removal']:.3f} {s['mirror brain']:.3f} worst {s['worst mirror removal']:.3f} "
            f"{s['worst mirror brain']:.3f} | missed {s['missed']:.0f}")
