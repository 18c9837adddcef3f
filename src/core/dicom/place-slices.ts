/** Slices → volumes by what their headers say, and what makes none with its reason. */
import { dot, norm } from '../geometry/affine.ts';
import type { DicomInstance } from './dicom-scan.ts';
import { exclude, refuse, type Refusal } from './leave-out.ts';
import { gridOfSlices, type SliceGrid } from './slice-grid.ts';
import {
  discriminatorKeys,
  groupKeyOf,
  partsBy,
  splitByPlace,
  splitByPlane,
  type Stack,
} from './split-series.ts';

export interface PlacedVolume {
  readonly stack: Stack;
  readonly grid: Extract<SliceGrid, { grid: unknown }>;
}

export interface PlacedSlices {
  readonly volumes: readonly PlacedVolume[];
  readonly left: readonly LeftSlices[];
}

export interface LeftSlices {
  readonly instances: readonly DicomInstance[];
  readonly refusal: Refusal;
}

interface Draft {
  readonly volumes: PlacedVolume[];
  readonly left: LeftSlices[];
}

/** Sorts slices that nothing in their own header speaks against into volumes. */
export function placeSlices(instances: readonly DicomInstance[], minSlices: number): PlacedSlices {
  const groups = new Map<string, DicomInstance[]>();
  for (const instance of instances) {
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
  const draft: Draft = { volumes: [], left: [] };
  for (const stack of stacks) {
    const isMixed = (planesOf.get(seriesOf(stack)) ?? 0) > 1;
    placeStack(stack, isMixed, minSlices, draft);
  }
  return draft;
}

function placeStack(stack: Stack, isMixed: boolean, minSlices: number, results: Draft): void {
  const { row, column } = stack.plane;
  const isOrthogonal = Math.abs(dot(row, column)) < 0.01 && norm(row) > 0.99 && norm(column) > 0.99;
  if (!isOrthogonal) {
    results.left.push(leave(filesOf(stack), refuse('geometry/degenerate')));
    return;
  }
  const [lowest, highest] = [stack.slices[0], stack.slices.at(-1)];
  const extent = (highest?.height ?? 0) - (lowest?.height ?? 0);
  if (stack.slices.length > 1 && extent < 0.01 * stack.slices.length) {
    results.left.push(leave(filesOf(stack), exclude('geometry/same-position')));
    return;
  }
  for (const part of splitByPlace(stack)) {
    const count = part.slices.length;
    if (count < minSlices || count < 2) {
      const code = isMixed ? 'geometry/mixed-orientation' : 'geometry/too-few-slices';
      results.left.push(leave(filesOf(part), exclude(code, { slices: count })));
      continue;
    }
    for (const [whole, grid] of gridded(part, minSlices)) {
      if ('problem' in grid) {
        results.left.push(leave(filesOf(whole), { decision: 'refuse', reason: grid.problem }));
      } else {
        results.volumes.push({ stack: whole, grid });
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

function leave(instances: readonly DicomInstance[], refusal: Refusal): LeftSlices {
  return { instances, refusal };
}

/** Slices of a stack with the copies of each. */
export function filesOf({ slices }: Stack): readonly DicomInstance[] {
  return slices.flatMap(({ instance, duplicates }) => [instance, ...duplicates]);
}

function seriesOf({ slices }: Stack): string {
  return slices[0]?.instance.header.seriesInstanceUID ?? '';
}
