"""Names and layout of the tensors in an exported model folder (model.json, weights.bin)."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from .network import HeadNet


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


def read_weights(folder: Path, name: str) -> dict[str, torch.Tensor]:
    """State of network `name` from an exported folder; the inverse of `tensors_of`."""
    model = json.loads((folder / "model.json").read_text())
    flat = np.fromfile(folder / model["weights"]["file"], "<f2").astype(np.float32)
    state: dict[str, torch.Tensor] = {}
    for key, entry in model["networks"][name]["tensors"].items():
        shape = entry["shape"]
        array = flat[entry["offset"]:entry["offset"] + int(np.prod(shape))].reshape(shape)
        block, *rest = key.split(".")
        if block == "head":
            state[key] = torch.tensor(array.T[:, :, None, None, None] if rest[0] == "weight" else array)
        elif len(rest) == 1:
            state[f"{key}.weight"] = torch.tensor(array.transpose(4, 3, 0, 1, 2))
        else:
            state[f"{block}.{rest[0]}." + {"gamma": "weight", "beta": "bias"}[rest[1]]] = torch.tensor(array)
    return state
