/** Words and figures about a series, from what was read in its headers. */
import { spacingOf } from '../../core/geometry/affine.ts';
import type { Region } from '../../core/deface/options.ts';
import type { ScanSummary } from '../../core/scan.ts';
import type { ScanItem } from '../state/scan-item.svelte.ts';
import { decimal, short } from '../texts/figures.ts';
import { texts } from '../texts-work.ts';

/** `512 × 512 × 300 · 0.5 × 0.5 × 1 mm · 300 files, 157 MB`. */
export function sizeOf({ grid, files, bytes }: ScanSummary): string {
  const spacing = spacingOf(grid.affine)
    .map((mm) => short(mm, 2))
    .join(' × ');
  return `${grid.size.join(' × ')} · ${spacing} mm · ${texts.series.files(files)}, ${megabytes(bytes)}`;
}

/** Whether there is a head, and what happens to it. Where something stopped it first: only that. */
export function factsOf(item: ScanItem, regions: readonly Region[]): string {
  const isUnknown =
    (item.thumbnail?.head ?? null) === null && !['waiting', 'running'].includes(item.status);
  const plan = planOf(item, regions);
  return isUnknown ? plan : `${headOf(item)}. ${plan}`;
}

/** What will happen to a series, and why. */
function planOf(item: ScanItem, regions: readonly Region[]): string {
  if (!item.included) return texts.series.notIncluded;
  if (item.problem) return `${item.problem.what} ${item.problem.why}`;
  if (item.result) {
    return item.isReviewable ? `${texts.review.removed(Math.round(item.result.millilitres))}.` : '';
  }
  if (item.thumbnail?.head === false) return texts.series.planNoHead;
  return texts.series.plan(regions.map((region) => texts.options.region[region]));
}

function headOf(item: ScanItem): string {
  const head = item.thumbnail?.head ?? null;
  const { yes, no, unknown } = texts.series.head;
  return head === null ? unknown : head ? yes : no;
}

function megabytes(bytes: number): string {
  const mb = bytes / 1e6;
  return mb >= 1000 ? `${decimal(mb / 1000, 1)} GB` : `${decimal(mb, mb < 10 ? 1 : 0)} MB`;
}
