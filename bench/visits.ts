/** Many small visits for the benches of a batch: whole ones, and some broken on purpose. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { uprightGrid, type Grid } from '../src/core/geometry/grid.ts';
import { phantomDicom, type PhantomDicomOptions } from '../src/core/phantom/as-dicom.ts';
import { makeHead, scanHead, type Head } from '../src/core/phantom/head.ts';
import type { Pose } from '../src/core/phantom/pose.ts';
import { createRandom } from '../src/core/random.ts';

/** What is wrong with a visit: a file ends early, there is no head, nobody can decode it, a slice is missing. */
export type Fault = 'cut off' | 'no head' | 'unknown syntax' | 'slice missing';
const FAULTS: readonly Fault[] = ['cut off', 'no head', 'unknown syntax', 'slice missing'];
/** Every so many visits one is broken. */
const FAULT_EVERY = 10;
/** Every so many visits have a second series. */
const SECOND_EVERY = 20;
/** As many people: a head takes longer to make than its scan, and a pose makes it another scan. */
const HEADS = 12;

const GRIDS: readonly Grid[] = [
  uprightGrid([104, 128, 112], 2, [0, -8, 10]),
  uprightGrid([84, 104, 92], 2.5, [0, -8, 10]),
  uprightGrid([140, 168, 150], 1.5, [0, -8, 10]),
  uprightGrid([112, 128, 96], 2.2, [0, -8, 8]),
];
/** Nothing of the head is in there. */
const ELSEWHERE = uprightGrid([84, 104, 60], 2.5, [0, -8, 420]);

export interface MadeSeries {
  readonly files: number;
  readonly fault: Fault | null;
}

/** Those of a folder, written there first where they are not; what they are lies beside it. */
export async function madeVisits(
  folder: string,
  count: number,
  onVisit?: (done: number) => void,
): Promise<readonly MadeSeries[]> {
  const list = `${folder}.json`;
  const known = await readFile(list, 'utf8').catch(() => null);
  if (known) return JSON.parse(known) as readonly MadeSeries[];
  const made = await writeVisits(folder, count, onVisit);
  await writeFile(list, JSON.stringify(made));
  return made;
}

/** Writes them as `patient-N/visit-1/series-M`, and says what they are. */
async function writeVisits(
  to: string,
  count: number,
  onVisit: (done: number) => void = () => undefined,
): Promise<readonly MadeSeries[]> {
  const heads: Head[] = [];
  const made: MadeSeries[] = [];
  for (let n = 1; n <= count; n++) {
    const head = (heads[n % HEADS] ??= await makeHead(100 + (n % HEADS)));
    const at = Math.floor(n / FAULT_EVERY) - 1;
    const fault = n % FAULT_EVERY === 0 ? (FAULTS[at % FAULTS.length] ?? null) : null;
    made.push(await writeSeries(to, head, n, 1, fault));
    if (n % SECOND_EVERY === 0) made.push(await writeSeries(to, head, n, 2, null));
    onVisit(n);
  }
  return made;
}

async function writeSeries(
  to: string,
  head: Head,
  patient: number,
  series: 1 | 2,
  fault: Fault | null,
): Promise<MadeSeries> {
  const grid = fault === 'no head' ? ELSEWHERE : (GRIDS[(patient + series) % GRIDS.length] as Grid);
  // The couch is not in the head: a CT of air alone shows it, an MR nothing.
  const kind = (patient + series) % 3 === 0 ? 'CT' : 'MR';
  const contrast = series === 2 ? 'T2' : 'T1';
  const seed = 1000 * patient + series;
  const { volume } = await scanHead(head, { seed, kind, contrast, grid, pose: poseOf(patient) });
  const middle = grid.size[2] >> 1;
  const defects: PhantomDicomOptions['defects'] =
    fault === 'cut off'
      ? { truncated: { k: middle, share: 0.6 } }
      : fault === 'slice missing'
        ? { missing: [middle] }
        : {};
  const folder = `patient-${patient}/visit-1/series-${series}`;
  await mkdir(path.join(to, folder), { recursive: true });
  let files = 0;
  for (const file of phantomDicom({ volume }, { patient, series, defects })) {
    const bytes = fault === 'unknown syntax' ? ofUnknownSyntax(file.bytes) : file.bytes;
    await writeFile(path.join(to, file.path), bytes);
    files++;
  }
  return { files, fault };
}

function poseOf(patient: number): Pose {
  const random = createRandom(patient);
  const turn = (most: number): number => most * (2 * random.uniform() - 1);
  return {
    pitchDeg: turn(10),
    yawDeg: turn(6),
    rollDeg: turn(4),
    shift: [turn(5), turn(5), turn(5)],
  };
}

const EXPLICIT = '1.2.840.10008.1.2.1';
/** MPEG2 Main Profile: a film, which no scanner makes of slices. */
const FILM = '1.2.840.10008.1.2.4.100';
/** (0002,0010) UI, as explicit VR little endian writes it. */
const SYNTAX = Uint8Array.of(0x02, 0x00, 0x10, 0x00, 0x55, 0x49);

/** Another transfer syntax in the file meta group, whose length grows with it (PS3.10 §7.1). */
function ofUnknownSyntax(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const whole = Buffer.from(bytes);
  const at = whole.indexOf(SYNTAX);
  const [before, after] = [even(EXPLICIT).length, even(FILM).length];
  const changed = Buffer.concat([
    whole.subarray(0, at),
    SYNTAX,
    Buffer.of(after, 0),
    Buffer.from(even(FILM)),
    whole.subarray(at + 8 + before),
  ]);
  // (0002,0000) UL stands first after the preamble and its mark.
  const length = changed.readUInt32LE(140);
  changed.writeUInt32LE(length + after - before, 140);
  return new Uint8Array(changed);
}

function even(uid: string): string {
  return uid.length % 2 === 0 ? uid : `${uid}\0`;
}
