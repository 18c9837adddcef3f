/**
 * Files that hold whole volumes (multi-frame objects, mosaics) → volumes, those of one
 * series on one grid together. A file is written as a whole or not at all, so all of its
 * slices must find a place, and on one grid: one mask is made for them.
 */
import { because } from '../error-reasons.ts';
import type { Affine } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import type { DicomInstance } from './dicom-scan.ts';
import { refuse, type Refusal } from './leave-out.ts';
import { placeSlices, type LeftSlices, type PlacedVolume } from './place-slices.ts';

/** Affines of one grid differ by rounding only (mm). */
const SAME_MM = 0.01;

export interface VolumeSeries {
  /** The one in which the head is looked for first. */
  readonly volumes: readonly PlacedVolume[];
  readonly duplicates: readonly DicomInstance[];
}

export function placeVolumeFiles(
  files: readonly DicomInstance[],
  minSlices: number,
): { readonly series: readonly VolumeSeries[]; readonly left: readonly LeftSlices[] } {
  const series: {
    key: string;
    grid: Grid;
    volumes: PlacedVolume[];
    duplicates: DicomInstance[];
  }[] = [];
  const left: LeftSlices[] = [];
  const seen = new Map<string, string>();
  for (const file of files) {
    const { sopInstanceUID } = file.header;
    const key = keyOf(file);
    const ofSame = series.find((one) => one.key === key);
    if (sopInstanceUID !== '' && seen.get(sopInstanceUID) === key && ofSame) {
      ofSame.duplicates.push(file);
      continue;
    }
    const placed = volumesOf(file, minSlices);
    if ('refusal' in placed) {
      left.push({ instances: [file], refusal: placed.refusal });
      continue;
    }
    seen.set(sopInstanceUID, key);
    const { grid } = placed;
    const found = series.find((one) => one.key === key && isSameGrid(one.grid, grid));
    if (found) found.volumes.push(...placed.volumes);
    else series.push({ key, grid, volumes: [...placed.volumes], duplicates: [] });
  }
  return {
    series: series.map(({ volumes, duplicates }) => ({
      volumes: [...volumes].sort(clearerFirst),
      duplicates,
    })),
    left,
  };
}

/** What files of one series have in common, and frames of another kind of image may differ in. */
function keyOf({ header }: DicomInstance): string {
  return JSON.stringify([
    header.patientKey,
    header.studyInstanceUID,
    header.seriesInstanceUID,
    header.frameOfReferenceUID,
    header.modality,
    header.bitsAllocated,
    header.signed,
    header.parts?.kind,
  ]);
}

function volumesOf(
  { source, header }: DicomInstance,
  minSlices: number,
):
  | { readonly refusal: Refusal }
  | { readonly volumes: readonly PlacedVolume[]; readonly grid: Grid } {
  const { parts } = header;
  const slices = parts && 'slices' in parts ? parts.slices : []; // others were refused
  const { volumes, left } = placeSlices(
    slices.map(({ part, header: own }) => ({
      source,
      header: own,
      within: { part, file: header },
    })),
    minSlices,
  );
  const [first] = volumes;
  const [problem] = left;
  if (problem || !first) return { refusal: problem?.refusal ?? refuse('geometry/no-slices') };
  const { grid } = first.grid;
  if (!volumes.every((volume) => isSameGrid(volume.grid.grid, grid))) {
    return { refusal: refuse('dicom/multi-frame', because('frames/several-places')) };
  }
  return { volumes, grid };
}

function isSameGrid(a: Grid, b: Grid): boolean {
  const isClose = (one: Affine, other: Affine): boolean =>
    one.every((value, n) => Math.abs(value - (other[n] ?? NaN)) <= SAME_MM);
  return a.size.every((count, axis) => count === b.size[axis]) && isClose(a.affine, b.affine);
}

/** Magnitude before phase, weak diffusion before strong, early echoes and times before late ones. */
function clearerFirst(a: PlacedVolume, b: PlacedVolume): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  const differing = left.findIndex((value, n) => value !== right[n]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}

function rankOf({ stack }: PlacedVolume): readonly number[] {
  const header = stack.slices[0]?.instance.header;
  const isMagnitude = /^(M|MAGNITUDE)$/.test(header?.imageType[2] ?? '');
  const { bValue, echoTime, temporalPosition } = header?.discriminators ?? {};
  return [isMagnitude ? 0 : 1, bValue ?? 0, echoTime ?? 0, temporalPosition ?? 0];
}
