/** Results in words. Nothing in here takes a value from a file's header. */
import { explain, type ErrorRecord } from '../core/errors.ts';
import { spacingOf } from '../core/geometry/affine.ts';
import type { Report, SeriesReport } from '../core/report/report.ts';
import { warningRow } from '../core/scan-warnings.ts';
import type { SkippedFile } from '../core/scan.ts';
import type { OpenedScans, Scan } from '../app/open-scans.ts';
import { UNDO } from '../app/place/layout.ts';
import type { Recovered } from '../app/place/recover.ts';
import { sourceOfLeft, sourceOfScan } from './sources.ts';

/** At most so many skipped files are named one by one. */
const SHOWN_SKIPPED = 20;

export function inspectText({ scans, left, skipped }: OpenedScans): string {
  const series = [
    ...scans.map((scan) => ({ id: scan.id, lines: scanLines(scan) })),
    ...left.map((one) => ({ id: one.id, lines: leftLines(one) })),
  ].sort((a, b) => Number(a.id) - Number(b.id));
  const lines = series.flatMap((one) => one.lines);
  lines.push(...skippedLines(skipped));
  if (scans.length === 0) lines.push('Nothing in there can be defaced.');
  return `${lines.join('\n')}\n`;
}

function scanLines(scan: Scan): string[] {
  const size = `${dims(scan.grid.size)}, ${spacing(spacingOf(scan.grid.affine))}`;
  return [
    `${scan.id}  ${scan.modality} ${size}, ${count(scan.files, 'file')}`,
    `   in ${placeOf(sourceOfScan(scan))}`,
    '   would be defaced, if the network finds a head in it',
    ...scan.warnings.map((warning) => `   note: ${warningRow(warning).what}`),
  ];
}

function leftLines(one: OpenedScans['left'][number]): string[] {
  return [
    `${one.id}  ${one.modality || 'image'}, ${count(one.files, 'file')}`,
    `   in ${placeOf(sourceOfLeft(one))}`,
    `   ${one.decision === 'refuse' ? 'refused' : 'left out'}: ${sentences(one.reason)}`,
  ];
}

/** @param place where the results are, as the person named it: `to …` or `in …` */
export function defaceText(report: Report, skipped: readonly SkippedFile[], place: string): string {
  const lines = report.series.flatMap(seriesLines);
  lines.push(...skippedLines(skipped));
  if (report.series.length === 0) lines.push('Nothing in there can be defaced.');
  const { defaced, review, refused, excluded, filesWritten } = report.totals;
  lines.push(
    `${defaced} defaced, ${review} to be looked at, ${refused} refused, ${excluded} left out; ` +
      `${count(filesWritten, 'file')} written ${place}, with efface-report.json.`,
  );
  if (filesWritten > 0) {
    lines.push(
      'Efface lowers the risk of recognition; it does not make a scan anonymous: skull, brain and teeth can still tell people apart.',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What is particular to files that were replaced: what stays, and where the originals are. */
export function inPlaceText(
  notes: readonly ErrorRecord[],
  stays: readonly string[],
  isPlaced: boolean,
): string {
  const lines: string[] = [];
  if (stays.length > 0) {
    lines.push(`${count(stays.length, 'file')} with images or lists stay as they are:`);
    lines.push(...stays.slice(0, SHOWN_SKIPPED).map((path) => `   ${path}`));
    const more = stays.length - SHOWN_SKIPPED;
    if (more > 0) lines.push(`   and ${count(more, 'more file')}`);
  }
  if (!isPlaced) return `${[...lines, 'Nothing was changed.'].join('\n')}\n`;
  lines.push(...notes.map((note) => `note: ${sentences(note)}`));
  lines.push(
    `The originals, with faces and names, are kept in ${UNDO}: --in-place --roll-back puts them back,`,
    '--in-place --finish deletes them. Deleting is no secure erasure: disks, snapshots and cloud folders can keep copies.',
  );
  return `${lines.join('\n')}\n`;
}

/** @param recovered null where there was nothing to do */
export function recoveredText(
  step: 'resume' | 'roll-back' | 'finish',
  recovered: Recovered | null,
  undo: string,
): string {
  if (!recovered) return 'There is no save in place to go on with.\n';
  const { placed, back, reasons } = recovered;
  const lines = {
    resume: [
      `${count(placed, 'visit')} new, ${count(back, 'visit')} as before.`,
      ...(placed > 0 ? [`The originals are kept in ${undo}.`] : []),
    ],
    'roll-back': ['Everything is as it was before.'],
    finish: [
      `The backups were deleted; ${count(placed, 'visit')} new.`,
      'Deleting is no secure erasure: disks, snapshots and cloud folders can keep copies.',
    ],
  }[step];
  return `${[...lines, ...reasons.map((reason) => `   ${sentences(reason)}`)].join('\n')}\n`;
}

function seriesLines(series: SeriesReport): string[] {
  const { n, modality, decision, mask, output, reason } = series;
  const size = series.dims ? ` ${dims(series.dims)}` : '';
  const removed = mask ? `, ${Math.round(mask.millilitres)} ml removed` : '';
  const isWritten = output.length > 0;
  const fate = {
    deface: isWritten ? `defaced${removed}` : 'not written',
    review: isWritten
      ? `defaced${removed}; a person has to look at it`
      : 'withheld: a person has to look at it (--accept-review writes it)',
    refuse: 'refused',
    exclude: isWritten ? 'written with its face, because you asked for it' : 'left out',
  }[decision];
  const lines = [`${n}  ${modality}${size}: ${fate}`];
  if (reason) lines.push(`   ${reason.what} ${reason.why} ${reason.do}`);
  lines.push(...series.warnings.map(({ what }) => `   note: ${what}`));
  return lines;
}

function skippedLines(skipped: readonly SkippedFile[]): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped
    .slice(0, SHOWN_SKIPPED)
    .map(({ path, reason }) => `   ${path}: ${sentences(reason)}`);
  const more = skipped.length - lines.length;
  if (more > 0) lines.push(`   and ${count(more, 'more file')}`);
  return [`${count(skipped.length, 'file')} skipped:`, ...lines];
}

/** What, why and what to do, in one line. */
export function sentences({ code, details }: ErrorRecord): string {
  const { what, why, todo } = explain(code, details);
  return `${what} ${why} ${todo}`;
}

/** The file, or the folder that all files have in common. */
function placeOf(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  if (others.length === 0) return first;
  const parts = first.split('/').slice(0, -1);
  while (!others.every((path) => path.startsWith(`${parts.join('/')}/`)) && parts.length > 0) {
    parts.pop();
  }
  return parts.join('/') || '.';
}

function dims(size: readonly number[]): string {
  return size.join(' × ');
}

function spacing(mm: readonly number[]): string {
  return `${mm.map((value) => value.toFixed(2)).join(' × ')} mm`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
