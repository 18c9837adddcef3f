"""SHA-256 of the stored values that pydicom reads of single-frame grey CT and MR images.

Usage: pydicom_hashes.py SCRATCH FILE... ; prints JSON {file: hash}. Compressed files go
through `gdcmconv --raw` first. Files that pydicom or gdcm cannot read are left out.
"""

import hashlib
import json
import subprocess
import sys
import warnings

import numpy as np
import pydicom

warnings.simplefilter("ignore")
LOSSY_JPEG = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51")
DEFLATED = "1.2.840.10008.1.2.1.99"


def stored_values(path, scratch):
    found = pydicom.dcmread(path)
    if found.get("SamplesPerPixel", 1) != 1 or int(found.get("NumberOfFrames", 1) or 1) != 1:
        return None
    if "PixelData" not in found or found.BitsAllocated not in (8, 16, 32):
        return None
    syntax = found.file_meta.TransferSyntaxUID
    if syntax in LOSSY_JPEG:
        return None
    if syntax.is_compressed and syntax != DEFLATED:
        raw = scratch + "/raw.dcm"
        subprocess.run(["gdcmconv", "--raw", path, raw], check=True, capture_output=True)
        found = pydicom.dcmread(raw)
    shift = found.HighBit + 1 - found.BitsStored
    values = (found.pixel_array.astype(np.int64) >> shift) & ((1 << found.BitsStored) - 1)
    if found.PixelRepresentation == 1:
        values = np.where(values >> (found.BitsStored - 1), values - (1 << found.BitsStored), values)
    return values.astype("<i4")


def main():
    scratch, hashes = sys.argv[1], {}
    for path in sys.argv[2:]:
        try:
            values = stored_values(path, scratch)
        except Exception:  # whatever they cannot read is not compared
            continue
        if values is not None:
            hashes[path] = hashlib.sha256(values.tobytes()).hexdigest()
    print(json.dumps(hashes))


main()
