"""Writes both networks to public/models/head-1: model.json, weights.bin, selftest.bin.

    python3 training/export.py [--label runs/label/last.pt] [--find runs/find/last.pt]

Weights are the running averages (EMA), rounded to float16. A network without a checkpoint
is an error: the two are used together.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from efface_training.box import BOX  # noqa: E402
from efface_training.network import SPECS, HeadNet  # noqa: E402

SELF_TEST_SIZE = 32
LICENCE = "CC BY-SA 3.0"


def tensors_of(net: HeadNet) -> dict[str, np.ndarray]:
    """Named arrays in the file's layout: conv [kd, kh, kw, in, out], norm [c], head [in, out]."""
    out: dict[str, np.ndarray] = {}
    for name, value in net.state_dict().items():
        array = value.detach().numpy()
        block, *rest = name.split(".")
        if block == "head":
            key = "head." + rest[0]
            out[key] = array[:, :, 0, 0, 0].T if rest[0] == "weight" else array
        elif rest[0].startswith("conv"):
            out[f"{block}.{rest[0]}"] = array.transpose(2, 3, 4, 1, 0)
        else:
            out[f"{block}.{rest[0]}." + {"weight": "gamma", "bias": "beta"}[rest[1]]] = array
    return out


def smooth_input(size: int, seed: int = 1) -> np.ndarray:
    """A seeded smooth random volume [k, j, i] in about 0-1, float32."""
    knots = torch.from_numpy(np.random.default_rng(seed).random((1, 1, 6, 6, 6), np.float32))
    return torch.nn.functional.interpolate(knots, (size,) * 3, mode="trilinear", align_corners=True)[0, 0].numpy()


def load_ema(path: Path, name: str) -> tuple[HeadNet, int]:
    """The averaged weights of a checkpoint, rounded to float16, and its step."""
    state = torch.load(path, map_location="cpu")
    net = HeadNet(SPECS[name])
    net.load_state_dict({k: v.half().float() for k, v in state["ema"].items()})
    return net.eval(), int(state["step"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--label", type=Path, default=HERE / "runs/label/last.pt")
    parser.add_argument("--find", type=Path, default=HERE / "runs/find/last.pt")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models/head-1")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)

    networks, parts, offset, label_net = {}, [], 0, None
    for name, path in (("find", args.find), ("label", args.label)):
        net, step = load_ema(path, name)
        label_net = net
        spec, entries = SPECS[name], {}
        for key, array in tensors_of(net).items():
            entries[key] = {"shape": list(array.shape), "offset": offset}
            parts.append(np.ascontiguousarray(array).astype("<f2").ravel())
            offset += array.size
        networks[name] = {"size": list(spec.size), "spacingMm": spec.spacing_mm, "channels": list(spec.channels),
                          "classes": list(spec.classes), "steps": step, "tensors": entries}
    weights = np.concatenate(parts).tobytes()
    (args.out / "weights.bin").write_bytes(weights)

    n, classes = SELF_TEST_SIZE, len(SPECS["label"].classes)
    image = smooth_input(n)
    with torch.no_grad():
        logits = label_net(torch.from_numpy(image)[None, None])[0].permute(1, 2, 3, 0).contiguous().numpy()
    (args.out / "selftest.bin").write_bytes(image.astype("<f4").tobytes() + logits.astype("<f4").tobytes())
    model = {
        "id": "head-1", "format": "efface-model/1", "licence": LICENCE,
        "weights": {"file": "weights.bin", "dtype": "float16", "bytes": len(weights),
                    "sha256": hashlib.sha256(weights).hexdigest()},
        "box": BOX,
        "networks": networks,
        "selfTest": {
            "file": "selftest.bin", "network": "label", "dtype": "float32",
            "input": {"offset": 0, "shape": [n, n, n], "order": "[k, j, i], i fastest"},
            "logits": {"offset": n ** 3, "shape": [n, n, n, classes],
                       "order": "[k, j, i, class], class fastest, full resolution, before softmax"},
        },
    }
    (args.out / "model.json").write_text(json.dumps(model, indent=1) + "\n")
    print(len(weights), "bytes;", {name: networks[name]["steps"] for name in networks})


if __name__ == "__main__":
    main()
