"""Reads every DICOM file of a ZIP or a folder, with its pixels, and prints what was found as JSON."""

import io
import json
import pathlib
import sys
import zipfile
from collections import Counter

import pydicom


def files_of(place):
    if place.is_dir():
        for file in place.rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(place).as_posix(), file.read_bytes()
    else:
        with zipfile.ZipFile(place) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)


def main():
    folders, broken, report = Counter(), [], None
    for name, data in files_of(pathlib.Path(sys.argv[1])):
        if name.endswith("efface-report.json"):
            report = json.loads(data)
        if not name.endswith(".dcm"):
            continue
        try:
            dataset = pydicom.dcmread(io.BytesIO(data))
            if len(dataset.PixelData) != 2 * dataset.Rows * dataset.Columns:
                broken.append(f"{name}: pixels are missing")
            if dataset.PatientIdentityRemoved != "YES":
                broken.append(f"{name}: names may be left")
            folders[name.rsplit("/", 1)[0]] += 1
        except Exception as error:  # whatever it is, it is told
            broken.append(f"{name}: {error}")
    json.dump({"folders": folders, "broken": broken, "report": report}, sys.stdout)


main()
