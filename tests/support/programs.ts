/** What other people's programs say of DICOM files: dciodvfy's errors, dcm2niix's volumes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Errors that dciodvfy (dicom3tools) finds in `after` and not, or not as often, in `before`; values masked. */
export function newErrors(before: string, after: string): readonly string[] {
  const old = errors(before);
  return [...errors(after)].filter(([line, n]) => n > (old.get(line) ?? 0)).map(([line]) => line);
}

/** Lines that begin with Error, values masked, each with how often it occurs. */
function errors(file: string): Map<string, number> {
  const { stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'latin1' });
  const counts = new Map<string, number>();
  for (const line of stderr.split('\n').filter((one) => one.startsWith('Error'))) {
    const masked = line.replace(/\b[0-9a-f.]{6,}\b/gi, '#');
    counts.set(masked, (counts.get(masked) ?? 0) + 1);
  }
  return counts;
}

export interface Converted {
  /** dim, pixdim, slope, qform and sform: geometry and scaling as bytes. */
  readonly grid: string;
  readonly voxels: Buffer;
  readonly dims: readonly number[];
  readonly bytes: number;
}

/**
 * All volumes that dcm2niix makes of a folder, by name of series number.
 *
 * @throws Error where it fails
 */
export function convert(folder: string): readonly Converted[] {
  const { status, volumes } = converted(folder);
  if (status !== 0) throw new Error(`dcm2niix: ${String(status)}`);
  return volumes;
}

/** The same with its exit status, whatever that is. */
export function converted(folder: string): {
  readonly status: number | null;
  readonly volumes: readonly Converted[];
} {
  const out = mkdtempSync(path.join(tmpdir(), 'efface-dcm2niix-'));
  const options = ['-b', 'n', '-z', 'n', '-f', '%s_%d', '-o', out, folder];
  const { status } = spawnSync('dcm2niix', options, { encoding: 'utf8' });
  const volumes = readdirSync(out)
    .filter((name) => name.endsWith('.nii') || name.endsWith('.nii.gz'))
    .map((name) => volumeOf(readFileSync(path.join(out, name))));
  rmSync(out, { recursive: true });
  return { status, volumes };
}

function volumeOf(raw: Buffer): Converted {
  const bytes = raw[0] === 0x1f ? gunzipSync(raw) : raw;
  const parts = [bytes.subarray(40, 58), bytes.subarray(70, 124), bytes.subarray(252, 328)];
  return {
    grid: Buffer.concat(parts).toString('hex'),
    dims: [1, 2, 3].map((axis) => bytes.readInt16LE(40 + 2 * axis)),
    bytes: bytes.readInt16LE(72) / 8,
    voxels: bytes.subarray(bytes.readFloatLE(108)),
  };
}

/** The grid without the slice code (byte 122), which says in which order slices were acquired. */
export function affineOf(grid: string): string {
  const at = 2 * (58 - 40 + (122 - 70));
  return grid.slice(0, at) + grid.slice(at + 2);
}
