"""The one architecture of both networks: a 3-D U-Net behind a space-to-depth stem."""
from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class NetworkSpec:
    """What a network sees and says. `size` and `channels` as in model.json."""

    name: str
    size: tuple[int, int, int]  # i, j, k
    spacing_mm: float
    channels: tuple[int, int, int, int]
    classes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Array shape [k, j, i]."""
        return self.size[2], self.size[1], self.size[0]


FIND = NetworkSpec("find", (64, 64, 64), 8.0, (8, 16, 32, 32), ("other", "brain", "face"))
LABEL = NetworkSpec("label", (64, 80, 80), 3.0, (16, 32, 64, 64),
                    ("air", "head", "face", "ears", "eyes", "brain", "forehead"))
SPECS = {"find": FIND, "label": LABEL}


def space_to_depth(x: Tensor) -> Tensor:
    """(n, c, K, J, I) -> (n, 8 c, K/2, J/2, I/2); new channel = (dk*4 + dj*2 + di) * c + channel."""
    n, c, k, j, i = x.shape
    x = x.view(n, c, k // 2, 2, j // 2, 2, i // 2, 2)
    return x.permute(0, 3, 5, 7, 1, 2, 4, 6).reshape(n, 8 * c, k // 2, j // 2, i // 2)


def depth_to_space(x: Tensor, classes: int) -> Tensor:
    """Inverse of `space_to_depth`: channel s * classes + class goes to sub-voxel s = dk*4 + dj*2 + di."""
    n, _, k, j, i = x.shape
    x = x.view(n, 2, 2, 2, classes, k, j, i)
    return x.permute(0, 4, 5, 1, 6, 2, 7, 3).reshape(n, classes, 2 * k, 2 * j, 2 * i)


class Block(nn.Module):
    """Two of (3x3x3 convolution without bias, instance norm, ReLU)."""

    def __init__(self, cin: int, cout: int) -> None:
        super().__init__()
        self.conv0 = nn.Conv3d(cin, cout, 3, padding=1, bias=False)
        self.norm0 = nn.InstanceNorm3d(cout, eps=1e-5, affine=True)
        self.conv1 = nn.Conv3d(cout, cout, 3, padding=1, bias=False)
        self.norm1 = nn.InstanceNorm3d(cout, eps=1e-5, affine=True)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norm0(self.conv0(x)), inplace=True)
        return F.relu(self.norm1(self.conv1(x)), inplace=True)


class HeadNet(nn.Module):
    """Takes (n, 1, K, J, I) normalised images, gives (n, classes, K, J, I) logits."""

    def __init__(self, spec: NetworkSpec) -> None:
        super().__init__()
        c, self.classes = spec.channels, len(spec.classes)
        self.enc0, self.enc1 = Block(8, c[0]), Block(c[0], c[1])
        self.enc2, self.enc3 = Block(c[1], c[2]), Block(c[2], c[3])
        self.dec2 = Block(c[3] + c[2], c[2])
        self.dec1, self.dec0 = Block(c[2] + c[1], c[1]), Block(c[1] + c[0], c[0])
        self.head = nn.Conv3d(c[0], 8 * self.classes, 1)

    def trunk(self, x: Tensor) -> Tensor:
        """Logits per sub-voxel on the half-resolution grid: (n, 8 classes, K/2, J/2, I/2)."""
        e0 = self.enc0(space_to_depth(x))
        e1 = self.enc1(F.max_pool3d(e0, 2))
        e2 = self.enc2(F.max_pool3d(e1, 2))
        e3 = self.enc3(F.max_pool3d(e2, 2))
        d2 = self.dec2(torch.cat([F.interpolate(e3, scale_factor=2), e2], 1))
        d1 = self.dec1(torch.cat([F.interpolate(d2, scale_factor=2), e1], 1))
        d0 = self.dec0(torch.cat([F.interpolate(d1, scale_factor=2), e0], 1))
        return self.head(d0)

    def forward(self, x: Tensor) -> Tensor:
        return depth_to_space(self.trunk(x), self.classes)
