#!/bin/sh
# All of it, from nothing to measured weights: `sh training/reproduce.sh [ID]` (default: new).
# Runs overnight on two cores. Each step goes on where it was cut; a step that is done is not repeated.
set -eu
cd "$(dirname "$0")/.."
id=${1:-new}
python=${PYTHON:-/usr/bin/python3}

[ -d training/data/phantoms ] || npm run phantom -- --training training/data/phantoms --count 20 --seed 1
# As many steps as the shipped weights have seen in their three runs, in one.
"$python" training/train.py --network label --run "label-$id" --steps 16200
"$python" training/train.py --network find --run "find-$id" --steps 3100
"$python" training/export.py --id "$id" --label "training/runs/label-$id/last.pt" --find "training/runs/find-$id/last.pt"
npm run evaluate -- ../shared/data/nifti/ixi_hh --model "public/models/$id" \
  --only "@training/split.json#validation" --conditions 4 --doubt 4
