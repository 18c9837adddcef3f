"""Trains one network; seeded, resumable, checkpoints every few minutes.

    python3 training/train.py --data ../shared/data --network label
    python3 training/train.py --data ../shared/data --network find

Running the same command again goes on from the last checkpoint of the run. With
`--start public/models/head-3` a new run begins from those weights instead of from nothing.
"""
from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from efface_training import heads  # noqa: E402
from efface_training.loss import loss as head_loss  # noqa: E402
from efface_training.network import SPECS, HeadNet  # noqa: E402
from efface_training.samples import Mix, Sources, draw  # noqa: E402
from efface_training.spatial import Level  # noqa: E402
from efface_training.weights import read_weights  # noqa: E402


@dataclasses.dataclass
class Config:
    """One training run; saved beside its weights."""

    network: str = "label"
    steps: int = 7500
    batch: int = 2
    rate: float = 3e-3
    warmup: int = 40
    easy: int = 1200  # steps of milder geometry and contrast at the start
    seed: int = 20
    ema: float = 0.998
    sub_voxels: int = 3
    save_seconds: int = 150
    workers: int = 1


def mix_at(step: int, config: Config) -> Mix:
    """The stages: clean and mild, then the full mix."""
    wide = 150.0 if config.network == "find" else 24.0
    if step < config.easy:
        f = 0.3 + 0.7 * step / config.easy
        return Mix(contrast=f, level=Level(f, wide * f, 0.3 * f))
    return Mix(level=Level(1.0, wide, 0.5))


class Stream(torch.utils.data.IterableDataset):
    """Endless samples; worker w of a run started at step s has its own seeded generator."""

    def __init__(self, sources: Sources, config: Config, start: int) -> None:
        self.sources, self.config, self.start = sources, config, start

    def __iter__(self):
        torch.set_num_threads(1)
        info = torch.utils.data.get_worker_info()
        worker, workers = (info.id, info.num_workers) if info else (0, 1)
        rng = np.random.default_rng([self.config.seed, self.start, worker])
        spec, step = SPECS[self.config.network], self.start
        while True:
            mix = mix_at(step, self.config)
            for _ in range(self.config.batch):
                yield draw(self.sources, spec, mix, rng)
            step += workers


def rate_at(step: int, config: Config) -> float:
    """Warm-up, then a cosine to a hundredth."""
    if step < config.warmup:
        return config.rate * (step + 1) / config.warmup
    part = min(1.0, (step - config.warmup) / max(1, config.steps - config.warmup))
    return config.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * part)))


def save(path: Path, state: dict) -> None:
    """Writes beside and renames, so that a cut never leaves half a file."""
    torch.save(state, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parent / "../shared/data")
    parser.add_argument("--network", choices=list(SPECS), default="label")
    parser.add_argument("--run", default="")
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--easy", type=int, default=-1)
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--start", type=Path, help="folder of exported weights to begin from")
    parser.add_argument("--without-ixi", action="store_true", help="tissue maps and phantoms only: no share-alike data")
    parser.add_argument("--threads", type=int, default=2, help="1 where other work shares the machine")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)

    folder = HERE / "runs" / (args.run or args.network)
    folder.mkdir(parents=True, exist_ok=True)
    config = Config(network=args.network)
    if args.network == "find":
        config = dataclasses.replace(config, steps=1500, batch=4, easy=300, sub_voxels=8)
    if args.steps:
        config.steps = args.steps
    if args.easy >= 0:
        config.easy = args.easy
    if args.rate:
        config.rate = args.rate
    (folder / "config.json").write_text(json.dumps(dataclasses.asdict(config), indent=1))
    spec = SPECS[config.network]

    cache = HERE / "data/cache"
    heads.prepare(args.data, cache)
    split = heads.read_split(HERE / "split.json")
    people = [] if args.without_ixi else split["train"]
    sources = Sources(heads.load(cache, people), heads.load_maps(cache),
                      heads.load_phantoms(HERE / "data/phantoms"))
    print(len(sources.real), "scans", len(sources.maps), "maps", len(sources.phantoms), "phantoms", flush=True)

    torch.manual_seed(config.seed)
    net = HeadNet(spec)
    if args.start:
        net.load_state_dict(read_weights(args.start, config.network))
    ema = HeadNet(spec)
    ema.load_state_dict(net.state_dict())
    optimiser = torch.optim.Adam(net.parameters(), lr=config.rate)
    step = 0
    checkpoint = folder / "last.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        net.load_state_dict(state["net"])
        ema.load_state_dict(state["ema"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
        print("resumed at step", step, flush=True)

    rng = np.random.default_rng([config.seed, 7, step])
    loader = iter(torch.utils.data.DataLoader(Stream(sources, config, step), config.batch,
                                              num_workers=config.workers, prefetch_factor=3))
    curve, began, saved = [], time.time(), time.time()
    while step < config.steps:
        image, labels = next(loader)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, config)
        subs = torch.from_numpy(rng.permutation(8)[:config.sub_voxels])
        value, dice = head_loss(net.trunk(image[:, None]), labels, spec, subs)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(config.ema, (1 + step) / (20 + step))
        with torch.no_grad():
            for a, b in zip(ema.parameters(), net.parameters()):
                a.mul_(keep).add_(b, alpha=1 - keep)
        curve.append(torch.cat([value.detach()[None], torch.nanmean(dice, 0)]))
        if step % 25 == 0:
            mean = torch.nanmean(torch.stack(curve), 0).tolist()
            curve = []
            line = f"{step} {(time.time() - began) / 25:.2f}s " + " ".join(f"{v:.3f}" for v in mean)
            began = time.time()
            print(line, flush=True)
            with (folder / "curve.txt").open("a") as log:
                log.write(line + "\n")
        if time.time() - saved > config.save_seconds or step == config.steps:
            saved = time.time()
            save(checkpoint, {"net": net.state_dict(), "ema": ema.state_dict(),
                              "optimiser": optimiser.state_dict(), "step": step,
                              "config": dataclasses.asdict(config)})


if __name__ == "__main__":
    main()
