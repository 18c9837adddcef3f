"""Measures both networks on the 12 held-out people and lists what they find on other scans.

    python3 training/evaluate.py --data ../shared/data [--label ...] [--find ...] [--people 12]

Every figure runs the whole flow of infer.py on the native scan, so errors of `find`
and of the box are in them. Truth: zones of the person, resampled to the 3 mm box.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from efface_training import conditions, figures  # noqa: E402
from efface_training.heads import read_split  # noqa: E402
from efface_training.infer import agreement, infer  # noqa: E402
from efface_training.pictures import overlay  # noqa: E402
from efface_training.volume import read_dicom, read_nifti  # noqa: E402
from export import load_ema  # noqa: E402

SERIES = ("ct-headneck-wholeface", "mr-siemens-memprage", "mr-ge-coronal-t1", "mr-siemens-prone",
          "mr-siemens-decubitus-left", "mr-siemens-thick-t1post", "mr-ge-thick-pd", "mr-siemens-enhanced-t1")


def people(nets: dict, data: Path, names: list[str], chosen: list[str]) -> dict[str, dict[str, float]]:
    """Means over people per condition; prints one row each."""
    table: dict[str, dict[str, float]] = {}
    heads = [conditions.read_person(data, name) for name in names]
    for title, change in conditions.CONDITIONS.items():
        if chosen and title not in chosen:
            continue
        rows = []
        for head in heads:
            case = change(head)
            rows.append(figures.measure(infer(nets, case.scan, False), case))
        table[title] = figures.summary(rows)
        print(figures.line(title, table[title]), flush=True)
    return table


def scans(data: Path, dicom: Path | None) -> list[tuple[str, object, bool]]:
    """(name, loader, ct) of the test scans and negatives."""
    folder = data / "nifti"
    out: list[tuple[str, object, bool]] = [
        (p.name.removesuffix(".nii.gz"), (lambda p=p: read_nifti(p)), "ct" in p.parent.name)
        for sub in ("other_mri", "ct", "negatives") for p in sorted((folder / sub).glob("*.nii.gz"))
        if "MASK" not in p.name]
    if dicom:
        out += [(name, (lambda name=name: read_dicom(dicom / name)), name.startswith("ct")) for name in SERIES]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parent / "../shared/data")
    parser.add_argument("--label", type=Path, default=HERE / "runs/label/last.pt")
    parser.add_argument("--find", type=Path, default=HERE / "runs/find/last.pt")
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--conditions", nargs="*", default=[])
    parser.add_argument("--no-people", action="store_true")
    parser.add_argument("--no-scans", action="store_true")
    parser.add_argument("--pictures", type=Path, help="folder for overlays; outside the project")
    args = parser.parse_args()
    torch.set_num_threads(2)
    nets = {"label": load_ema(args.label, "label")[0], "find": load_ema(args.find, "find")[0]}
    print("steps", load_ema(args.find, "find")[1], load_ema(args.label, "label")[1])
    if not args.no_people:
        names = read_split(HERE / "split.json")["validation"][:args.people]
        table = people(nets, args.data, names, args.conditions)
        (HERE / "runs").mkdir(exist_ok=True)
        (HERE / "runs/figures.json").write_text(json.dumps(table, indent=1))
    if args.no_scans:
        return
    dicom = Path(subprocess.run([str(args.data / "unpack")], capture_output=True, text=True, check=True).stdout.strip())
    for name, load, ct in scans(args.data, dicom):
        result = infer(nets, load(), ct)
        if result is None:
            print(f"{name:34s} no head found")
            continue
        ml = [round(float((result.labels == n).sum()) * 0.027) for n in range(1, 7)]
        removal, brain = agreement(result)
        print(f"{name:34s} find {result.found_ml:5.0f}  head {ml[0]} face {ml[1]} ears {ml[2]} eyes {ml[3]} "
              f"brain {ml[4]} forehead {ml[5]}  mirror {removal:.2f} / {brain:.2f}", flush=True)
        if args.pictures:
            overlay(result, args.pictures / f"{name}.png")


if __name__ == "__main__":
    main()
