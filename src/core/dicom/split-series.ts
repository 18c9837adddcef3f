/**
 * Which instances of a series form one stack of slices (dicom.md §3.1–3.2): the same
 * study, series, frame of reference, matrix, pixel format and kind of image, parallel,
 * and no two in one place. Images of one place (echoes, time points, b-values) are told
 * apart by what their headers say, or in the order they were taken.
 */
import { cross, dot, norm, scale, type Vec3 } from '../geometry/affine.ts';
import type { DicomHeader, Discriminators } from './header.ts';
import type { SlicePlane } from './slice-grid.ts';
import type { DicomInstance, DicomSlice } from './dicom-scan.ts';

/** Two slices closer than this are in one place (mm). */
const SAME_PLACE_MM = 0.01;
/** Direction cosines and pixel spacings differ by no more (vendors round differently from slice to slice). */
const SAME_DIRECTION = 5e-4;
const SAME_SPACING_MM = 1e-3;

/** From the one that most often means another image to the one that may just drift. */
const DISCRIMINATORS: readonly (keyof Discriminators)[] = [
  'echoNumber',
  'echoTime',
  'inversionTime',
  'bValue',
  'temporalPosition',
  'acquisitionNumber',
  'flipAngle',
  'repetitionTime',
  'triggerTime',
  'frameReferenceTime',
];

/** Slices in one direction, each with its height along the normal. */
export interface Stack {
  readonly plane: SlicePlane;
  readonly slices: readonly PlacedSlice[];
}

interface PlacedSlice extends DicomSlice {
  /** ImagePositionPatient (LPS mm). */
  readonly position: Vec3;
  /** Its part along the normal (mm). */
  readonly height: number;
}

/** What slices of one volume have in common, except for their direction. */
export function groupKeyOf(header: DicomHeader): string {
  return JSON.stringify([
    header.studyInstanceUID,
    header.seriesInstanceUID,
    header.frameOfReferenceUID,
    header.modality,
    header.rows,
    header.columns,
    header.bitsAllocated,
    header.signed,
    header.photometric,
    header.imageType.slice(0, 4),
    header.convolutionKernel,
    header.stackID,
  ]);
}

/** Splits by direction and pixel spacing; sorts along the normal. Instances have a geometry. */
export function splitByPlane(instances: readonly DicomInstance[]): readonly Stack[] {
  const stacks: { plane: SlicePlane; members: DicomInstance[] }[] = [];
  for (const instance of instances) {
    const plane = planeOf(instance.header);
    const stack = stacks.find((s) => isSamePlane(s.plane, plane));
    if (stack) stack.members.push(instance);
    else stacks.push({ plane, members: [instance] });
  }
  return stacks.map(({ plane, members }) => ({ plane, slices: placed(plane, members) }));
}

/** Splits a stack so that no two slices are in one place. */
export function splitByPlace(stack: Stack): readonly Stack[] {
  const crowd = crowdOf(stack.slices);
  if (crowd <= 1) return [stack];
  for (const key of DISCRIMINATORS) {
    const parts = partsBy(stack, key);
    // More values than images in one place: it drifts from slice to slice.
    const separates = parts.length > 1 && parts.length <= crowd;
    if (separates && parts.every(({ slices }) => crowdOf(slices) < crowd)) {
      return parts.flatMap(splitByPlace);
    }
  }
  return byRank(stack);
}

/** The stack divided by the values of one attribute, which interleaved acquisitions differ in. */
export function partsBy(stack: Stack, key: keyof Discriminators): readonly Stack[] {
  const parts = new Map<string, PlacedSlice[]>();
  for (const slice of stack.slices) {
    const value = slice.instance.header.discriminators[key];
    const name = value === null ? '' : value.toFixed(3);
    const part = parts.get(name);
    if (part) part.push(slice);
    else parts.set(name, [slice]);
  }
  return [...parts.values()].map((slices) => ({ plane: stack.plane, slices }));
}

export function discriminatorKeys(): readonly (keyof Discriminators)[] {
  return DISCRIMINATORS;
}

function planeOf({ orientation, pixelSpacing }: DicomHeader): SlicePlane {
  if (!orientation || !pixelSpacing) throw new Error('slices without a geometry were left out');
  const [row, column] = [unit(orientation.row), unit(orientation.column)];
  return { row, column, normal: unit(cross(row, column)), pixelSpacing };
}

function isSamePlane(a: SlicePlane, b: SlicePlane): boolean {
  return (
    isClose(a.row, b.row, SAME_DIRECTION) &&
    isClose(a.column, b.column, SAME_DIRECTION) &&
    isClose(a.pixelSpacing, b.pixelSpacing, SAME_SPACING_MM)
  );
}

function isClose(a: readonly number[], b: readonly number[], tolerance: number): boolean {
  return a.every((value, n) => Math.abs(value - (b[n] ?? NaN)) <= tolerance);
}

/** Slices by height, files of one SOP instance in one place put together. */
function placed({ normal }: SlicePlane, members: readonly DicomInstance[]): readonly PlacedSlice[] {
  const slices: (PlacedSlice & { duplicates: DicomInstance[] })[] = [];
  const byUid = new Map<string, (typeof slices)[number][]>();
  for (const instance of members) {
    const { position, sopInstanceUID } = instance.header;
    if (!position) throw new Error('slices without a position were left out');
    const height = dot(position, normal);
    const same = byUid.get(sopInstanceUID) ?? [];
    const twin = same.find((slice) => Math.abs(slice.height - height) < SAME_PLACE_MM);
    // Frames of one file share its UID, and none is a copy of another.
    if (twin && sopInstanceUID !== '' && !instance.within) {
      twin.duplicates.push(instance);
    } else {
      const slice = { instance, duplicates: [], position, height };
      slices.push(slice);
      byUid.set(sopInstanceUID, [...same, slice]);
    }
  }
  return slices.sort((a, b) => a.height - b.height || before(a, b));
}

/** The largest number of slices in one place. */
function crowdOf(slices: readonly PlacedSlice[]): number {
  return Math.max(0, ...places(slices).map(({ length }) => length));
}

function places(slices: readonly PlacedSlice[]): readonly (readonly PlacedSlice[])[] {
  const found: PlacedSlice[][] = [];
  for (const slice of [...slices].sort((a, b) => a.height - b.height)) {
    const last = found.at(-1);
    const first = last?.[0];
    if (last && first && slice.height - first.height < SAME_PLACE_MM) last.push(slice);
    else found.push([slice]);
  }
  return found;
}

/** The first image of every place, the second of every place, and so on. */
function byRank(stack: Stack): readonly Stack[] {
  const ranks: PlacedSlice[][] = [];
  for (const place of places(stack.slices)) {
    [...place].sort(before).forEach((slice, rank) => {
      (ranks[rank] ??= []).push(slice);
    });
  }
  return ranks.map((slices) => ({ plane: stack.plane, slices }));
}

function before(a: DicomSlice, b: DicomSlice): number {
  const [left, right] = [a.instance.header, b.instance.header];
  return (
    (left.discriminators.temporalPosition ?? 0) - (right.discriminators.temporalPosition ?? 0) ||
    (left.discriminators.frameReferenceTime ?? 0) -
      (right.discriminators.frameReferenceTime ?? 0) ||
    compare(left.acquisitionTime, right.acquisitionTime) ||
    (left.instanceNumber ?? 0) - (right.instanceNumber ?? 0) ||
    compare(left.sopInstanceUID, right.sopInstanceUID)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unit(vector: Vec3): Vec3 {
  const length = norm(vector);
  return length > 0 ? scale(vector, 1 / length) : vector;
}
