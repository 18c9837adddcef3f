/**
 * `efface match`: at which rank a person is found among a gallery. Writes nothing: depth maps
 * are likenesses and stay in memory, and who was found is not told.
 */
import path from 'node:path';
import { createFrameDecoder } from '../../adapters/codecs/node.ts';
import { walkFiles } from '../../adapters/node/folder-source.ts';
import { createNodeSegmenter } from '../../adapters/tfjs/node.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import { loadVolume } from '../../app/load-volume.ts';
import { galleryHead, matchScan, powerOf, type GalleryHead } from '../../app/match.ts';
import { openScans, type Scan } from '../../app/open-scans.ts';
import type { FaceSegmenter } from '../../app/ports.ts';
import { EffaceError, type ErrorRecord } from '../../core/errors.ts';
import type { JobOptions } from '../../core/progress.ts';
import { UsageError, type MatchCommand } from '../args.ts';
import { EXIT } from '../exit-codes.ts';
import { checkInputs } from '../inputs.ts';
import { isPowerful, matchJson, matchText, type MatchOutcome } from '../match-text.ts';
import { createProgressLine, type ProgressLine } from '../progress-line.ts';
import { sourceOfScan } from '../sources.ts';
import type { Terminal } from '../terminal.ts';

/**
 * @returns the exit code
 * @throws UsageError; EffaceError `match/no-volume`, `match/no-head`, `match/small-gallery`
 */
export async function match(
  command: MatchCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  checkInputs([command.probe, command.gallery]);
  const line = createProgressLine(terminal, command.json);
  try {
    const outcome = await new Matching(line, signal).run(command);
    line.clear();
    terminal.out(command.json ? matchJson(outcome, __EFFACE_VERSION__) : matchText(outcome));
    const isWhole = outcome.left.length === 0;
    return isWhole && isPowerful(outcome.power) ? EXIT.done : EXIT.incomplete;
  } finally {
    line.clear();
  }
}

class Matching {
  readonly #line: ProgressLine;
  readonly #signal: AbortSignal;
  readonly #decoder = createFrameDecoder();

  constructor(line: ProgressLine, signal: AbortSignal) {
    this.#line = line;
    this.#signal = signal;
  }

  async run({ probe, gallery, same }: MatchCommand): Promise<MatchOutcome> {
    const [scan, ...more] = await this.#open(probe);
    if (!scan) throw new EffaceError('match/no-volume');
    if (more.length > 0) throw new UsageError('PROBE holds several series: name one of them.');
    const others = await this.#open(gallery);
    const people = new Set(others.map(({ patient }) => patient)).size;
    if (people < 2) throw new EffaceError('match/small-gallery', { people });
    const own = personOf(others, same, probe);
    const segmenter = await createNodeSegmenter();
    try {
      const { heads, left } = await this.#gallery(others, segmenter);
      const volume = await loadVolume(scan, this.#decoder, this.#job('the scan'));
      return {
        gallery: new Set(heads.map(({ person }) => person)).size,
        left,
        power: powerOf(heads),
        views: await matchScan(volume, heads, own, segmenter, this.#job('the scan')),
      };
    } finally {
      segmenter.dispose();
    }
  }

  async #open(input: string): Promise<readonly Scan[]> {
    const signal = this.#signal;
    const { scans } = await openScans(walkFiles([input], { signal }), {
      archives: zipReader,
      signal,
    });
    return scans;
  }

  /** A head that cannot be compared is left out, with its reason; the others go on. */
  async #gallery(
    scans: readonly Scan[],
    segmenter: FaceSegmenter,
  ): Promise<{ heads: readonly GalleryHead[]; left: readonly ErrorRecord[] }> {
    const heads: GalleryHead[] = [];
    const left: ErrorRecord[] = [];
    for (const [n, scan] of scans.entries()) {
      const job = this.#job(`gallery ${n + 1} of ${scans.length}`);
      try {
        const volume = await loadVolume(scan, this.#decoder, job);
        heads.push(await galleryHead(scan.patient, volume, segmenter, job));
      } catch (error) {
        this.#signal.throwIfAborted();
        if (!(error instanceof EffaceError)) throw error;
        left.push(error.toRecord());
      }
    }
    return { heads, left };
  }

  #job(subject: string): JobOptions {
    return {
      signal: this.#signal,
      onProgress: (progress) => {
        this.#line.show(subject, progress);
      },
    };
  }
}

/**
 * The person of the gallery whom `--same` names; without it, one whose file or folder is called
 * like the probe.
 *
 * @throws UsageError where there is none
 */
function personOf(scans: readonly Scan[], same: string | null, probe: string): number {
  const inside = (place: string) =>
    scans.find((scan) => {
      const at = path.resolve(place);
      return sourceOfScan(scan).some((file) => `${path.resolve(file)}/`.startsWith(`${at}/`));
    });
  if (same !== null) {
    const found = inside(same);
    if (!found) throw new UsageError('--same names no scan of the gallery.');
    return found.patient;
  }
  const name = bare(probe);
  const alike = scans.filter((scan) =>
    sourceOfScan(scan).some((file) => file.split('/').some((part) => bare(part) === name)),
  );
  const people = new Set(alike.map(({ patient }) => patient));
  const [only] = people;
  if (people.size !== 1 || only === undefined) {
    throw new UsageError(
      'Say who of the gallery it is: --same PATH. Who a scan shows is never told.',
    );
  }
  return only;
}

function bare(file: string): string {
  return path.basename(file).replace(/\.nii(\.gz)?$/i, '');
}
