/**
 * The changes of the slices of one file as one change of all its pixels, frame after
 * frame (index = column + columns · (row + rows · frame)): a slice is a file of its own, a
 * frame, or a tile of a mosaic.
 */
import { assert } from '../errors.ts';
import type { DicomInstance } from '../dicom/dicom-scan.ts';
import type { SliceChange } from './slices.ts';

export interface SliceOfFile {
  readonly instance: DicomInstance;
  /** null: this slice stays. */
  readonly change: SliceChange | null;
  /** 1 where the result may differ; columns × rows of the slice. */
  readonly region: Uint8Array;
}

export interface FileChange {
  /** null: all pixels stay. */
  readonly change: SliceChange | null;
  readonly region: Uint8Array;
}

/** @param slices of one file */
export function changeOfFile(slices: readonly SliceOfFile[]): FileChange {
  const [first] = slices;
  assert(first, 'a file that is written has a slice');
  const file = first.instance.within?.file;
  if (!file) {
    assert(slices.length === 1, 'a file without parts is one slice');
    return { change: first.change, region: first.region };
  }
  const region = new Uint8Array(file.rows * file.columns * file.frames);
  const runs: number[] = [];
  const changes: SliceChange[] = [];
  for (const { instance, change, region: own } of slices) {
    const { frame, left, top } = instance.within?.part ?? { frame: 0, left: 0, top: 0 };
    const { rows, columns } = instance.header;
    assert(own.length === rows * columns, 'a slice has its own part of the region');
    const start = file.columns * (file.rows * frame + top) + left;
    for (let row = 0; row < rows; row++) {
      region.set(own.subarray(row * columns, (row + 1) * columns), start + row * file.columns);
    }
    if (!change) continue;
    changes.push(change);
    for (const [at, length] of rowsOf(change.runs, columns)) {
      const row = Math.floor(at / columns);
      runs.push(start + row * file.columns + (at - row * columns), length);
    }
  }
  return { change: changes.length > 0 ? { runs, values: joined(changes) } : null, region };
}

/** Runs cut where a row ends: in the file another tile may come next. */
function* rowsOf(runs: readonly number[], columns: number): Generator<readonly [number, number]> {
  for (let r = 0; r < runs.length; r += 2) {
    let at = runs[r] as number;
    const end = at + (runs[r + 1] as number);
    while (at < end) {
      const rowEnd = (Math.floor(at / columns) + 1) * columns;
      const length = Math.min(end, rowEnd) - at;
      yield [at, length];
      at += length;
    }
  }
}

function joined(changes: readonly SliceChange[]): SliceChange['values'] {
  const [first] = changes;
  assert(first, 'something changes');
  const length = changes.reduce((sum, { values }) => sum + values.length, 0);
  const Typed = first.values.constructor as new (n: number) => SliceChange['values'];
  const all = new Typed(length);
  let at = 0;
  for (const { values } of changes) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
