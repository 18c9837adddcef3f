/** Instances → scans, one volume each, and what is left out with its reason. */
import { dot, norm } from '../geometry/affine.ts';
import type { ScanWarning } from '../scan.ts';
import type { Modality } from '../volume/volume.ts';
import type { DicomInstance, DicomLeftOut, DicomScan, GroupedInstances } from './dicom-scan.ts';
import { exclude, refusalOf, refuse, type Refusal } from './leave-out.ts';
import { gridOfSlices, type SliceGrid } from './slice-grid.ts';
import {
  discriminatorKeys,
  groupKeyOf,
  partsBy,
  splitByPlace,
  splitByPlane,
  type Stack,
} from './split-series.ts';
import { mayBeLossy } from './transfer-syntax.ts';

/** A head in fewer slices cannot be recognized safely. */
const MIN_SLICES = 8;

export interface GroupOptions {
  /** Stacks with fewer slices are left out (default 8). */
  readonly minSlices?: number;
}

/**
 * Sorts instances into volumes by what their headers say. Scans and what is left out come
 * in the order their first file was found; ids, patients and visits are counted from 1.
 */
export function groupInstances(
  instances: readonly DicomInstance[],
  { minSlices = MIN_SLICES }: GroupOptions = {},
): GroupedInstances {
  const results = new Results(instances);
  const groups = new Map<string, DicomInstance[]>();
  for (const instance of instances) {
    const refusal = refusalOf(instance.header);
    if (refusal) {
      results.leaveOut([instance], refusal);
      continue;
    }
    const key = groupKeyOf(instance.header);
    const group = groups.get(key);
    if (group) group.push(instance);
    else groups.set(key, [instance]);
  }
  const stacks = [...groups.values()].flatMap(splitByPlane);
  const planesOf = new Map<string, number>();
  for (const stack of stacks) {
    const series = seriesOf(stack);
    planesOf.set(series, (planesOf.get(series) ?? 0) + 1);
  }
  for (const stack of stacks) {
    const isMixed = (planesOf.get(seriesOf(stack)) ?? 0) > 1;
    placeStack(stack, isMixed, minSlices, results);
  }
  return results.done();
}

function placeStack(stack: Stack, isMixed: boolean, minSlices: number, results: Results): void {
  const { row, column } = stack.plane;
  const isOrthogonal = Math.abs(dot(row, column)) < 0.01 && norm(row) > 0.99 && norm(column) > 0.99;
  if (!isOrthogonal) {
    results.leaveOut(filesOf(stack), refuse('geometry/degenerate'));
    return;
  }
  const [lowest, highest] = [stack.slices[0], stack.slices.at(-1)];
  const extent = (highest?.height ?? 0) - (lowest?.height ?? 0);
  if (stack.slices.length > 1 && extent < 0.01 * stack.slices.length) {
    results.leaveOut(filesOf(stack), exclude('geometry/same-position'));
    return;
  }
  for (const part of splitByPlace(stack)) {
    const count = part.slices.length;
    if (count < minSlices || count < 2) {
      const code = isMixed ? 'geometry/mixed-orientation' : 'geometry/too-few-slices';
      results.leaveOut(filesOf(part), exclude(code, { slices: count }));
      continue;
    }
    for (const [whole, grid] of gridded(part, minSlices)) {
      if ('problem' in grid) {
        results.leaveOut(filesOf(whole), { decision: 'refuse', reason: grid.problem });
      } else {
        results.addScan(whole, grid);
      }
    }
  }
}

/**
 * The stack with its grid; or its parts, where an attribute divides an uneven stack into
 * even ones: acquisitions that lie between each other, or that make no grid together.
 */
function gridded(stack: Stack, minSlices: number): readonly (readonly [Stack, SliceGrid])[] {
  const grid = gridOf(stack);
  const isPlaced = !('problem' in grid);
  if (isPlaced && grid.isEven) return [[stack, grid]];
  for (const key of discriminatorKeys()) {
    const parts = partsBy(stack, key);
    if (parts.length < 2 || parts.some(({ slices }) => slices.length < minSlices)) continue;
    if (isPlaced && !areInterleaved(parts)) continue;
    const split = parts.map((part) => [part, gridOf(part)] as const);
    if (split.every(([, found]) => !('problem' in found) && found.isEven)) return split;
  }
  return [[stack, grid]];
}

/** Whether each part lies among the slices of another, and not before or after all of them. */
function areInterleaved(parts: readonly Stack[]): boolean {
  const ranges = parts.map(
    ({ slices }) => [slices[0]?.height ?? 0, slices.at(-1)?.height ?? 0] as const,
  );
  return ranges.every(([low, high], n) =>
    ranges.some(([otherLow, otherHigh], m) => m !== n && low < otherHigh && otherLow < high),
  );
}

function gridOf({ plane, slices }: Stack): SliceGrid {
  const { columns = 0, rows = 0 } = slices[0]?.instance.header ?? {};
  return gridOfSlices(
    plane,
    slices.map(({ position }) => position),
    [columns, rows],
  );
}

function filesOf({ slices }: Stack): readonly DicomInstance[] {
  return slices.flatMap(({ instance, duplicates }) => [instance, ...duplicates]);
}

function seriesOf({ slices }: Stack): string {
  return slices[0]?.instance.header.seriesInstanceUID ?? '';
}

/** Collects scans and what is left out, and puts them in the order their files were found. */
class Results {
  private readonly found: ReadonlyMap<DicomInstance, number>;
  private readonly scans: { stack: Stack; grid: Extract<SliceGrid, { grid: unknown }> }[] = [];
  private readonly left = new Map<string, { instances: DicomInstance[]; refusal: Refusal }>();

  constructor(instances: readonly DicomInstance[]) {
    this.found = new Map(instances.map((instance, n) => [instance, n]));
  }

  addScan(stack: Stack, grid: Extract<SliceGrid, { grid: unknown }>): void {
    this.scans.push({ stack, grid });
  }

  /** Files of one series that are left out for one reason are one line. */
  leaveOut(instances: readonly DicomInstance[], refusal: Refusal): void {
    const key = `${instances[0]?.header.seriesInstanceUID ?? ''}\n${refusal.reason.code}`;
    const line = this.left.get(key);
    if (!line) this.left.set(key, { instances: [...instances], refusal });
    else line.instances.push(...instances);
  }

  done(): GroupedInstances {
    const people = new Numbering();
    const visits = new Map<number, Numbering>();
    for (const { header } of this.found.keys()) {
      const patient = people.numberOf(header.patientKey);
      const ofPatient = visits.get(patient) ?? new Numbering();
      visits.set(patient, ofPatient);
      ofPatient.numberOf(header.studyInstanceUID);
    }
    const drafts = [
      ...this.scans.map((scan) => ({ first: this.firstOf(filesOf(scan.stack)), scan })),
      ...[...this.left.values()].map((line) => ({ first: this.firstOf(line.instances), line })),
    ].sort((a, b) => a.first - b.first);
    const scans: DicomScan[] = [];
    const left: DicomLeftOut[] = [];
    drafts.forEach((draft, n) => {
      const id = `dicom-${n + 1}`;
      if ('line' in draft) {
        left.push(leftOutOf(id, draft.line.instances, draft.line.refusal));
        return;
      }
      const { header } = draft.scan.stack.slices[0]?.instance ?? {};
      const patient = people.numberOf(header?.patientKey ?? '');
      const visit = visits.get(patient)?.numberOf(header?.studyInstanceUID ?? '') ?? 1;
      scans.push(scanOf(id, draft.scan.stack, draft.scan.grid, { patient, visit }));
    });
    return { scans, left };
  }

  private firstOf(instances: readonly DicomInstance[]): number {
    return Math.min(...instances.map((instance) => this.found.get(instance) ?? 0));
  }
}

class Numbering {
  private readonly numbers = new Map<string, number>();

  numberOf(key: string): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.numbers.size + 1);
    return this.numbers.size;
  }
}

function scanOf(
  id: string,
  stack: Stack,
  { grid, order, warnings }: Extract<SliceGrid, { grid: unknown }>,
  who: { readonly patient: number; readonly visit: number },
): DicomScan {
  const files = filesOf(stack);
  const header = files[0]?.header;
  return {
    id,
    kind: 'dicom',
    modality: (header?.modality ?? 'MR') as Modality, // others were left out
    description: header?.description ?? '',
    ...who,
    grid,
    files: files.length,
    bytes: files.reduce((sum, { source }) => sum + source.size, 0),
    warnings: [...warnings, ...warningsOf(stack)],
    slices: order.map((n) => {
      const slice = n === null ? undefined : stack.slices[n];
      return slice ? { instance: slice.instance, duplicates: slice.duplicates } : null;
    }),
  };
}

function warningsOf({ slices }: Stack): ScanWarning[] {
  const headers = slices.map(({ instance }) => instance.header);
  const first = headers[0];
  const duplicates = slices.reduce((sum, slice) => sum + slice.duplicates.length, 0);
  const warnings: ScanWarning[] = [];
  if (duplicates > 0) {
    const what = duplicates === 1 ? 'One file is a copy' : `${duplicates} files are copies`;
    warnings.push({
      code: 'duplicate-slice',
      what: `${what} of another slice and will not be written.`,
    });
  }
  if (headers.every((header) => header.recognizableVisualFeatures === 'NO')) {
    warnings.push({
      code: 'already-defaced',
      what: 'The header says that no recognizable features are left: the face was removed before.',
    });
  }
  if (
    headers.some(
      (header) =>
        header.lossy ||
        (mayBeLossy(header.transferSyntaxUID) && !header.transferSyntaxUID.endsWith('.91')),
    )
  ) {
    warnings.push({ code: 'lossy', what: 'The images were compressed with loss before.' });
  }
  const varies = headers.some(
    ({ rescale }) =>
      rescale.slope !== first?.rescale.slope || rescale.intercept !== first.rescale.intercept,
  );
  if (varies) {
    warnings.push({ code: 'rescale-varies', what: 'The rescale differs from slice to slice.' });
  }
  return warnings;
}

function leftOutOf(
  id: string,
  instances: readonly DicomInstance[],
  { decision, reason }: Refusal,
): DicomLeftOut {
  const header = instances[0]?.header;
  return {
    id,
    kind: 'dicom',
    modality: header?.modality ?? '',
    description: header?.description ?? '',
    files: instances.length,
    decision,
    reason,
    instances,
  };
}
