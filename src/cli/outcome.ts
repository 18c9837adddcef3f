/** What a run ends with (design.md §6). */
import type { OpenedScans } from '../app/open-scans.ts';
import type { Report } from '../core/report/report.ts';
import { NO_SCAN, type SkippedFile } from '../core/scan.ts';
import { EXIT } from './exit-codes.ts';

export function exitOfDeface(report: Report, skipped: readonly SkippedFile[]): number {
  const isHead = report.series.filter(({ decision }) => decision !== 'exclude');
  const failed = isHead.some(({ output, decision }) => decision === 'refuse' || !output.length);
  if (failed || hasFailed(skipped)) return EXIT.incomplete;
  return isHead.length > 0 ? EXIT.done : EXIT.nothing;
}

export function exitOfInspect({ scans, left, skipped }: OpenedScans): number {
  const failed = left.some(({ decision }) => decision === 'refuse');
  if (failed || hasFailed(skipped)) return EXIT.incomplete;
  return scans.length > 0 ? EXIT.done : EXIT.nothing;
}

function hasFailed(skipped: readonly SkippedFile[]): boolean {
  return skipped.some(({ reason }) => !NO_SCAN.has(reason.code));
}
