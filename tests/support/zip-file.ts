/** ZIP archives with whatever a hostile or careless writer may put in them. */
import { deflateSync } from 'fflate';
import { crc32 } from '../../src/core/crc32.ts';

export interface MadeEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  /** What the archive claims instead of the truth. */
  readonly claimedBytes?: number;
  readonly claimedPackedBytes?: number;
  readonly claimedCrc?: number;
}

export function zipFile(entries: readonly MadeEntry[]): Uint8Array<ArrayBuffer> {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const data = entry.deflate ? deflateSync(entry.bytes) : entry.bytes;
    const fields = (view: DataView, at: number): void => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, 0x800 | (entry.encrypted ? 1 : 0), true);
      view.setUint16(at + 4, entry.method ?? (entry.deflate ? 8 : 0), true);
      view.setUint32(at + 10, entry.claimedCrc ?? crc32(entry.bytes), true);
      view.setUint32(at + 14, entry.claimedPackedBytes ?? data.length, true);
      view.setUint32(at + 18, entry.claimedBytes ?? entry.bytes.length, true);
      view.setUint16(at + 22, name.length, true);
    };
    const local = new Uint8Array(30 + name.length + data.length);
    new DataView(local.buffer).setUint32(0, 0x0403_4b50, true);
    fields(new DataView(local.buffer), 4);
    local.set(name, 30);
    local.set(data, 30 + name.length);
    const central = new Uint8Array(46 + name.length);
    const view = new DataView(central.buffer);
    view.setUint32(0, 0x0201_4b50, true);
    fields(view, 6);
    view.setUint32(42, offset, true);
    central.set(name, 46);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = joined(centrals);
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x0605_4b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, directory.length, true);
  view.setUint32(16, offset, true);
  return joined([...locals, directory, end]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
