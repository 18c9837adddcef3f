/**
 * Corrections as they are kept between visits to the page: what the hand said, as runs, and the
 * settings of the scan. No voxel, no name; the reason for overriding the guard is not kept
 * either, since a person may write anything into it, so the guard holds again.
 */
import { crc32 } from '../crc32.ts';
import { DEPTHS, REGIONS, type Depth, type Region } from '../deface/options.ts';
import type { Size } from '../geometry/grid.ts';
import { HAND, Mark } from './marks.ts';
import { MARGIN_MM, samePlan, type CorrectionSettings } from './settings.ts';

export interface KeptPlan {
  readonly regions: readonly Region[];
  readonly depth: Depth;
}

export interface KeptCorrections {
  readonly size: Size;
  /** What was chosen for the whole run then, and for this scan. */
  readonly run: KeptPlan;
  readonly own: KeptPlan;
  readonly marginMm: number;
  /** Pairs (start, length), ascending; and the bits of `HAND` of each run. */
  readonly runs: Uint32Array;
  readonly bits: Uint8Array;
}

const MAGIC = 'EFFEDIT1';

/** The runs of what the hand said. */
export function handRuns(marks: Uint8Array): Pick<KeptCorrections, 'runs' | 'bits'> {
  const [runs, bits]: [number[], number[]] = [[], []];
  for (let v = 0; v < marks.length; v++) {
    const hand = (marks[v] as number) & HAND;
    if (!hand) continue;
    const start = v;
    while (v + 1 < marks.length && ((marks[v + 1] as number) & HAND) === hand) v++;
    runs.push(start, v + 1 - start);
    bits.push(hand);
  }
  return { runs: Uint32Array.from(runs), bits: Uint8Array.from(bits) };
}

/** Puts what the hand said into marks that hold nothing of it. */
export function putHand(
  marks: Uint8Array,
  { runs, bits }: Pick<KeptCorrections, 'runs' | 'bits'>,
): void {
  for (let r = 0; r < bits.length; r++) {
    const start = runs[2 * r] as number;
    const end = start + (runs[2 * r + 1] as number);
    for (let v = start; v < end; v++) marks[v] = (marks[v] as number) | (bits[r] as number);
  }
}

/** What is to be kept of a scan; null where it is as the run made it. */
export function keptOf(
  size: Size,
  marks: Uint8Array,
  run: CorrectionSettings,
  settings: CorrectionSettings,
): KeptCorrections | null {
  const hand = handRuns(marks);
  if (hand.bits.length === 0 && samePlan(run, settings)) return null;
  const planOf = ({ regions, depth }: CorrectionSettings): KeptPlan => ({ regions, depth });
  return { size, run: planOf(run), own: planOf(settings), marginMm: settings.marginMm, ...hand };
}

/**
 * The settings that were kept, where the run is the same as then; else those of the run: what
 * was chosen for all scans since then is not undone by what was once chosen for one.
 */
export function settingsWith(run: CorrectionSettings, kept: KeptCorrections): CorrectionSettings {
  const margin = { ...run, marginMm: kept.marginMm };
  const isSame = samePlan({ ...run, ...kept.run }, run);
  return isSame ? { ...margin, regions: kept.own.regions, depth: kept.own.depth } : margin;
}

export function encodeKept({ runs, bits, ...head }: KeptCorrections): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify({ ...head, runs: bits.length }));
  const bytes = new Uint8Array(MAGIC.length + 4 + text.length + 9 * bits.length + 4);
  const view = new DataView(bytes.buffer);
  let at = MAGIC.length;
  for (let n = 0; n < MAGIC.length; n++) bytes[n] = MAGIC.charCodeAt(n);
  view.setUint32(at, text.length, true);
  bytes.set(text, at + 4);
  at += 4 + text.length;
  for (const word of runs) {
    view.setUint32(at, word, true);
    at += 4;
  }
  bytes.set(bits, at);
  view.setUint32(at + bits.length, crc32(bytes.subarray(0, at + bits.length)), true);
  return bytes;
}

/** What was kept; null where the bytes are damaged, cut off, or no corrections of a grid of this size. */
export function decodeKept(bytes: Uint8Array, size: Size): KeptCorrections | null {
  const { length } = bytes;
  if (length < MAGIC.length + 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  if (String.fromCharCode(...bytes.subarray(0, MAGIC.length)) !== MAGIC) return null;
  if (view.getUint32(length - 4, true) !== crc32(bytes.subarray(0, length - 4))) return null;
  const textEnd = MAGIC.length + 4 + view.getUint32(MAGIC.length, true);
  if (textEnd > length - 4) return null;
  const head = parse(bytes.subarray(MAGIC.length + 4, textEnd));
  if (!head || !sameSize(head.size, size)) return null;
  const { runs: count, ...rest } = head;
  if (length !== textEnd + 9 * count + 4) return null;
  const runs = Uint32Array.from({ length: 2 * count }, (_, n) =>
    view.getUint32(textEnd + 4 * n, true),
  );
  const bits = bytes.slice(textEnd + 8 * count, length - 4);
  return isSound(runs, bits, size) ? { ...rest, runs, bits } : null;
}

type Head = Omit<KeptCorrections, 'runs' | 'bits'> & { readonly runs: number };

function parse(text: Uint8Array): Head | null {
  try {
    const head = JSON.parse(new TextDecoder().decode(text)) as Head;
    const isHead =
      Array.isArray(head.size) &&
      Number.isInteger(head.runs) &&
      head.marginMm >= MARGIN_MM.min &&
      head.marginMm <= MARGIN_MM.max &&
      [head.run, head.own].every(isPlan);
    return isHead ? head : null;
  } catch {
    return null;
  }
}

function isPlan({ regions, depth }: KeptPlan): boolean {
  return (
    DEPTHS.includes(depth) &&
    regions.length > 0 &&
    regions.every((region) => REGIONS.includes(region))
  );
}

function sameSize(a: readonly number[], b: Size): boolean {
  return a.length === 3 && a.every((n, axis) => n === b[axis]);
}

/** Runs ascend, end within the grid, and say nothing but what a hand can say. */
function isSound(runs: Uint32Array, bits: Uint8Array, [ni, nj, nk]: Size): boolean {
  let end = 0;
  for (let r = 0; r < bits.length; r++) {
    const [start, length] = [runs[2 * r] as number, runs[2 * r + 1] as number];
    const hand = bits[r] as number;
    const isBoth = (hand & Mark.take) !== 0 && (hand & Mark.leave) !== 0;
    if (start < end || length === 0 || (hand & HAND) !== hand || hand === 0 || isBoth) return false;
    end = start + length;
  }
  return end <= ni * nj * nk;
}
