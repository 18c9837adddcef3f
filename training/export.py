"""Writes both networks to public/models/<id>: model.json and weights.bin.

    python3 training/export.py --id head-3 [--label runs/label/last.pt] [--find runs/find/last.pt]

A checkpoint gives the running averages (EMA) of its weights; a folder of exported weights
gives those. Both are rounded to float16.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from efface_training.box import BOX  # noqa: E402
from efface_training.network import SPECS, HeadNet, NetworkSpec  # noqa: E402
from efface_training.weights import read_weights, tensors_of  # noqa: E402

LICENCE = "CC BY-SA 3.0"


def waves(shape: tuple[int, int, int]) -> np.ndarray:
    """The self-test input "waves-1" [k, j, i]: 0.6 + 0.3 sin(0.37 i + 0.11 k) + 0.3 cos(0.23 j - 0.19 k)."""
    k, j, i = np.meshgrid(*(np.arange(n, dtype=np.float64) for n in shape), indexing="ij")
    return (0.6 + 0.3 * np.sin(0.37 * i + 0.11 * k) + 0.3 * np.cos(0.23 * j - 0.19 * k)).astype(np.float32)


def self_test(net: HeadNet, spec: NetworkSpec) -> dict[str, object]:
    """Probabilities at 64 seeded voxels (flat index, i fastest) for the input "waves-1"."""
    voxels = np.sort(np.random.default_rng(64).choice(int(np.prod(spec.shape)), 64, replace=False))
    with torch.no_grad():
        p = torch.softmax(net(torch.from_numpy(waves(spec.shape))[None, None])[0], 0).numpy()
    values = p.reshape(len(spec.classes), -1)[:, voxels].T
    return {"input": "waves-1", "voxels": voxels.tolist(),
            "probabilities": [float(f"{v:.6f}") for v in values.ravel()]}


def load_ema(path: Path, name: str) -> tuple[HeadNet, int]:
    """The averaged weights of a checkpoint or an exported folder, rounded to float16, and the step."""
    net = HeadNet(SPECS[name])
    if path.is_dir():
        net.load_state_dict(read_weights(path, name))
        return net.eval(), json.loads((path / "model.json").read_text())["networks"][name]["steps"]
    state = torch.load(path, map_location="cpu")
    net.load_state_dict({k: v.half().float() for k, v in state["ema"].items()})
    return net.eval(), int(state["step"])


def compact(model: dict) -> str:
    """JSON with one line per tensor and per list of numbers."""
    text = json.dumps(model, indent=1)
    text = re.sub(r"\[\s+([-\d.,e\s]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
    return re.sub(r"\{\s+(\"shape\": \[[^]]*\]),\s+(\"offset\": \d+)\s+\}", r"{ \1, \2 }", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--label", type=Path, default=HERE / "runs/label/last.pt")
    parser.add_argument("--find", type=Path, default=HERE / "runs/find/last.pt")
    parser.add_argument("--id", default="head-3")
    parser.add_argument("--licence", default=LICENCE)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    args.out = args.out or HERE.parent / "public/models" / args.id
    args.out.mkdir(parents=True, exist_ok=True)

    networks, tests, parts, offset = {}, {}, [], 0
    for name, path in (("find", args.find), ("label", args.label)):
        net, step = load_ema(path, name)
        spec, entries = SPECS[name], {}
        tests[name] = self_test(net, spec)
        for key, array in tensors_of(net).items():
            entries[key] = {"shape": list(array.shape), "offset": offset}
            parts.append(np.ascontiguousarray(array).astype("<f2").ravel())
            offset += array.size
        networks[name] = {"size": list(spec.size), "spacingMm": spec.spacing_mm, "channels": list(spec.channels),
                          "classes": list(spec.classes), "steps": step, "tensors": entries}
    weights = np.concatenate(parts).tobytes()
    (args.out / "weights.bin").write_bytes(weights)

    model = {
        "id": args.id, "format": "efface-model/1", "licence": args.licence,
        "weights": {"file": "weights.bin", "dtype": "float16", "bytes": len(weights),
                    "sha256": hashlib.sha256(weights).hexdigest()},
        "box": BOX,
        "networks": networks,
        "selfTest": tests,
    }
    (args.out / "model.json").write_text(compact(model) + "\n")
    print(len(weights), "bytes;", {name: networks[name]["steps"] for name in networks})


if __name__ == "__main__":
    main()
