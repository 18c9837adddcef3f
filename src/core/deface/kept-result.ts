/**
 * A result as bytes, to be put aside: masks as runs, and only the values that changed. A tenth
 * of its size in memory and less. Nothing in it names anyone; of the labels, which follow the
 * skin, only as much is kept as is asked for.
 */
import { assert } from '../errors.ts';
import type { Grid } from '../geometry/grid.ts';
import type { NearBrain } from '../report/near-brain.ts';
import type { Places } from '../report/places.ts';
import { Label, type Mask, type StoredArray } from '../volume/volume.ts';
import type { DefacedScan } from './defaced-scan.ts';

/**
 * `none`: writing the first volume needs none; reading gives a mask without voxels, and not how
 * the region was filled (of which the seed is secret).
 */
export type KeptLabels = 'all' | 'brain' | 'none';

const TYPES = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
type TypeName = keyof typeof TYPES;

/** What is before the arrays, as JSON; lengths are numbers of elements. */
interface Head {
  readonly defaced: Omit<DefacedScan, 'result' | 'head' | 'places'>;
  /** `points` as plain numbers: few, unless someone overrode the brain guard. */
  readonly places?: Omit<Places, 'nearBrain'> & {
    readonly nearBrain: Omit<NearBrain, 'points'> & { readonly points: readonly number[] };
  };
  readonly result: {
    readonly grid: Grid;
    readonly millilitres: number;
    readonly regions: NonNullable<DefacedScan['result']>['regions'];
    readonly filled?: NonNullable<DefacedScan['result']>['filled'] & object;
    readonly labels: number | null;
    readonly region: number;
    readonly runs: number;
    readonly values: readonly [TypeName, number];
  } | null;
}

/** All but the head that others could borrow. */
export function encodeResult(scan: DefacedScan, kept: KeptLabels): Uint8Array<ArrayBuffer> {
  const { result, places, ...defaced } = { ...scan, head: undefined };
  if (!result) return joined({ defaced, result: null }, []);
  const { labels, region, delta, filled, millilitres, regions } = result;
  const labelRuns = kept === 'none' ? null : runsOf(labels.voxels, kept === 'brain');
  const regionRuns = runsOf(region.voxels, false);
  const type = (Object.keys(TYPES) as TypeName[]).find(
    (name) => delta.values instanceof TYPES[name],
  );
  assert(type, 'stored values are of a type that files have');
  return joined(
    {
      defaced,
      ...(places ? { places: plainPlaces(places) } : {}),
      result: {
        grid: labels.grid,
        millilitres,
        regions,
        ...(filled && kept !== 'none' ? { filled } : {}),
        labels: labelRuns?.length ?? null,
        region: regionRuns.length,
        runs: delta.runs.length,
        values: [type, delta.values.length],
      },
    },
    [...(labelRuns ? [labelRuns] : []), regionRuns, delta.runs, delta.values],
  );
}

/** @throws where the bytes are not of `encodeResult` */
export function decodeResult(bytes: Uint8Array<ArrayBuffer>): DefacedScan {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const { defaced, places, result } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(4, 4 + length)),
  ) as Head;
  if (!result) return { ...defaced, result: null };
  let at = 4 + length;
  const take = (name: TypeName, count: number): StoredArray => {
    const Type = TYPES[name];
    const end = at + count * Type.BYTES_PER_ELEMENT;
    assert(end <= bytes.length, 'a kept result is whole');
    // A copy: the numbers begin anywhere in the bytes.
    const array = new Type(bytes.slice(at, end).buffer);
    at = end;
    return array;
  };
  const { grid } = result;
  const size = grid.size[0] * grid.size[1] * grid.size[2];
  const mask = (runs: number): Mask => ({
    grid,
    voxels: expanded(take('Uint32Array', runs) as Uint32Array, size),
  });
  const labels = result.labels === null ? { grid, voxels: new Uint8Array(0) } : mask(result.labels);
  const region = mask(result.region);
  const runs = take('Uint32Array', result.runs) as Uint32Array<ArrayBuffer>;
  const values = take(...result.values);
  assert(at === bytes.length, 'a kept result ends with its values');
  const { millilitres, regions, filled } = result;
  const how = filled ? { filled } : {};
  return {
    ...defaced,
    ...(places ? { places: typedPlaces(places) } : {}),
    result: { labels, region, delta: { grid, runs, values }, ...how, millilitres, regions },
  };
}

/**
 * Of the bytes of `encodeResult` what the result is, and not which number its scan has or how long
 * it took: equal where a person would decide on the same.
 *
 * @throws where the bytes are not of `encodeResult`
 */
export function resultContent(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Head;
  const defaced = { ...head.defaced, scan: '', timingsMs: null };
  return joined({ ...head, defaced }, [bytes.subarray(4 + length)]);
}

function plainPlaces({ nearBrain, skinLeft }: Places): NonNullable<Head['places']> {
  return { nearBrain: { ...nearBrain, points: [...nearBrain.points] }, skinLeft };
}

function typedPlaces({ nearBrain, skinLeft }: NonNullable<Head['places']>): Places {
  return { nearBrain: { ...nearBrain, points: Float32Array.from(nearBrain.points) }, skinLeft };
}

function joined(head: object, arrays: readonly StoredArray[]): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const total = arrays.reduce((sum, { byteLength }) => sum + byteLength, 4 + json.length);
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** Pairs (length · 8 + value) in one number each: labels are below 8, runs below 2²⁹ voxels. */
function runsOf(voxels: Uint8Array, onlyBrain: boolean): Uint32Array {
  const valueAt = (v: number): number => {
    const value = voxels[v] as number;
    return onlyBrain && value !== Label.brain ? 0 : value;
  };
  const runs: number[] = [];
  for (let v = 0; v < voxels.length;) {
    const value = valueAt(v);
    let end = v + 1;
    while (end < voxels.length && end - v < MOST && valueAt(end) === value) end++;
    runs.push((end - v) * 8 + value);
    v = end;
  }
  return Uint32Array.from(runs);
}

/** Longest run that one number holds. */
const MOST = 2 ** 29 - 1;

function expanded(runs: Uint32Array, size: number): Uint8Array {
  const voxels = new Uint8Array(size);
  let at = 0;
  for (const run of runs) {
    const end = at + Math.floor(run / 8);
    if (run % 8) voxels.fill(run % 8, at, end);
    at = end;
  }
  assert(at === size, 'runs fill the grid');
  return voxels;
}
