"""Loss on some of the sub-voxels: cross-entropy, soft Dice, and the price of face in brain."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .network import NetworkSpec, space_to_depth

WEIGHTS = {"label": (1.0, 1.0, 1.5, 2.0, 3.0, 1.0, 1.5), "find": (1.0, 2.0, 3.0)}
BRAIN_PRICE = 5.0


def to_classes(labels: Tensor, spec: NetworkSpec) -> Tensor:
    """Labels 0-6 to the classes of this network (uint8)."""
    if spec.name == "label":
        return labels
    table = torch.tensor([0, 0, 2, 0, 2, 1, 0], dtype=torch.uint8)
    return table[labels.long()]


def loss(logits: Tensor, labels: Tensor, spec: NetworkSpec, subs: Tensor) -> tuple[Tensor, Tensor]:
    """`logits` from `HeadNet.trunk` (n, 8 c, K, J, I), `labels` (n, 2K, 2J, 2I); `subs` = sub-voxels used.

    Returns (loss, soft Dice per class with NaN where a class is absent).
    """
    n, _, k, j, i = logits.shape
    c = len(spec.classes)
    picked = logits.view(n, 8, c, k, j, i)[:, subs].transpose(1, 2).reshape(n, c, -1)
    target = space_to_depth(to_classes(labels, spec)[:, None])[:, subs].reshape(n, -1).long()
    log_p = F.log_softmax(picked, 1)
    weight = torch.tensor(WEIGHTS[spec.name])
    entropy = F.nll_loss(log_p, target, weight)
    p = log_p.exp()
    one_hot = torch.zeros_like(p).scatter_(1, target[:, None], 1.0)
    both = (p * one_hot).sum(2)
    size = one_hot.sum(2)
    dice = (2 * both + 1) / (p.sum(2) + size + 1)
    present = size > 0
    total = entropy + 1 - dice[present].mean()
    if spec.name == "label":
        brain = one_hot[:, 5]
        wrong = p[:, 2] + p[:, 3] + p[:, 4]
        total = total + BRAIN_PRICE * (wrong * brain).mean()
        total = total + 0.5 * absent_cost(p, present)
    return total, torch.where(present, dice, torch.full_like(dice, float("nan"))).detach()


def absent_cost(p: Tensor, present: Tensor) -> Tensor:
    """Mean probability of removable classes in samples where they do not exist, times 10."""
    gone = (~present[:, 2:5]).float()
    return 10 * (p[:, 2:5].mean(2) * gone).sum() / max(1, p.shape[0])
