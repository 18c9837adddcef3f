/** Heads of a folder with their labels, where there are any. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { sameGrid } from '../../src/core/geometry/grid.ts';
import { loadNiftiScan, readNifti } from '../../src/core/nifti/read.ts';
import { resampleNearest } from '../../src/core/volume/resample.ts';
import type { Volume } from '../../src/core/volume/volume.ts';

export interface Head {
  readonly name: string;
  readonly volume: Volume;
  /** Zones 0–6 on the volume's grid; null where nobody labelled them. */
  readonly zones: Uint8Array | null;
  /** 1 where the brain itself is (DLMUSE > 1, or an intracranial mask > 0). */
  readonly brain: Uint8Array | null;
  /** Another scan of somebody before: he stands once in a gallery. */
  readonly isRepeat?: boolean;
}

/** Endings of label files that may lie beside a scan. */
const LABELS = /_(zones|DLMUSE|ICVMASK|labels|defacemask)\.nii(\.gz)?$/;
const SCAN = /\.nii(\.gz)?$/;

/** Paths of all scans below a folder, in order of their names. */
export function scansIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && SCAN.test(entry.name) && !LABELS.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/**
 * The scan and its labels: `NAME_zones.nii.gz`, `NAME_DLMUSE.nii.gz` or `NAME_ICVMASK.nii.gz`
 * beside it, or zones in a folder `zones` of any folder above it.
 */
export async function readHead(file: string): Promise<Head> {
  const name = path.basename(file).replace(SCAN, '');
  const volume = await load(file);
  const beside = (ending: string): string => path.join(path.dirname(file), `${name}_${ending}`);
  const zones = [beside('zones.nii.gz'), ...above(file, `zones/${name}_zones.nii.gz`)];
  const brain: readonly (readonly [string, number])[] = [
    [beside('DLMUSE.nii.gz'), 1],
    [beside('ICVMASK.nii.gz'), 0],
  ];
  const brainFile = brain.find(([at]) => existsSync(at));
  const zoneFile = zones.find((at) => existsSync(at));
  return {
    name,
    volume,
    zones: zoneFile ? await labelsOn(volume, zoneFile, (value) => value) : null,
    brain: brainFile
      ? await labelsOn(volume, brainFile[0], (value) => (value > brainFile[1] ? 1 : 0))
      : null,
  };
}

/** @param only part of a path, or `@FILE#KEY`: the names of a JSON list; all without it */
export function chosen(files: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return files;
  if (!only.startsWith('@')) return files.filter((file) => file.includes(only));
  const [list = '', key = ''] = only.slice(1).split('#');
  const names = (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string[]>)[key] ?? [];
  return files.filter((file) => names.some((name) => path.basename(file).startsWith(name)));
}

export async function* headsOf(files: readonly string[]): AsyncGenerator<Head> {
  for (const file of files) yield await readHead(file);
}

function above(file: string, inside: string): string[] {
  const found: string[] = [];
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) {
    found.push(path.join(at, inside));
  }
  return found;
}

async function load(file: string): Promise<Volume> {
  const source = memorySource('scan.nii.gz', new Uint8Array(readFileSync(file)));
  return loadNiftiScan(await readNifti(source, { id: '1', patient: 1, visit: 1 }));
}

async function labelsOn(
  volume: Volume,
  file: string,
  label: (value: number) => number,
): Promise<Uint8Array> {
  const { stored, grid } = await load(file);
  const labels = Uint8Array.from(stored, label);
  return sameGrid(grid, volume.grid) ? labels : resampleNearest(labels, grid, volume.grid);
}
