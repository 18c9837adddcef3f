"""Writes conform.json: what training/efface_training makes of two made-up scans.

Run from the project's root: PYTHONPATH=training python3 tests/golden/conform.py
tests/unit/core/segmentation/conform.test.ts makes the same scans and compares.
"""
import json
from pathlib import Path

import numpy as np

from efface_training.infer import body_of, prepare
from efface_training.network import FIND, LABEL
from efface_training.resample import Grid
from efface_training.volume import Volume

K, J, I = np.meshgrid(np.arange(60), np.arange(110), np.arange(120), indexing="ij")
BALL = (I - 60) ** 2 + (J - 50) ** 2 + 4 * (K - 28) ** 2 < 44**2
COUCH = (J > 99) & (J < 106)
AFFINE = np.array([[1.3, 0.1, -0.2, -80.0], [-0.09, 1.28, 0.3, -60.0], [0.11, -0.15, 2.5, 10.0], [0, 0, 0, 1]])

SCANS = {
    "CT": np.where(BALL, (I * 7 + J * 13 + K * 29) % 1400 - 260, np.where(COUCH, 150, -1000)),
    "MR": np.where(BALL, (I * 5 + J * 3 + K * 11) % 97 + 12, (I * J + K) % 5),
}

out = {}
for modality, values in SCANS.items():
    scan = Volume(values.astype(np.float32), AFFINE)
    ct = modality == "CT"
    for spec in (FIND, LABEL):
        grid = Grid.around(np.array([10.0, 20.0, 70.0]), spec.size, spec.spacing_mm)
        image = prepare(scan, grid, ct, body_of(scan) if ct else None).ravel()
        some = np.flatnonzero(image)[:: max(1, np.count_nonzero(image) // 60)]
        out[f"{modality}-{spec.name}"] = {
            "nonzero": int(np.count_nonzero(image)),
            "sum": float(image.sum(dtype=np.float64)),
            "voxels": some.tolist(),
            "values": [round(float(v), 6) for v in image[some]],
        }
Path(__file__).with_name("conform.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
