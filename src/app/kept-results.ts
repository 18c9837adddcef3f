/** Finished results put aside, so that a run that was stopped does not make them again. */
import type { SeededOptions } from '../core/deface/options.ts';
import { encodeKept, type KeptCorrections } from '../core/edit/kept-marks.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { Digest, FaceSegmenter, Secrets } from './ports.ts';

/**
 * A name that tells nothing without the key, and that is another one where anything is that a
 * result comes of: voxels, their places, options, seeds, corrections, network, version. So results
 * of different options never mix, and nothing else has to be remembered of a run.
 *
 * @param corrections by hand; null: none
 */
export async function resultName(
  volume: Volume,
  options: SeededOptions,
  tool: { readonly model: FaceSegmenter['model']; readonly version: string },
  { secrets, sha256 }: { readonly secrets: Secrets; readonly sha256: Digest },
  corrections: KeptCorrections | null = null,
): Promise<string> {
  const { stored, ...place } = volume;
  // A view would do, but not over memory that a viewer shares.
  const bytes = new Uint8Array(stored.byteLength);
  bytes.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  const byHand = corrections ? { corrections: await sha256(encodeKept(corrections)) } : {};
  const all = JSON.stringify({ ...tool, options, place, voxels: await sha256(bytes), ...byHand });
  const name = await secrets.hmacSha256(`result\0${all}`);
  return Array.from(name, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
