/**
 * What lies beside the images of BIDS datasets, saved in place: sidecars and tables that
 * change go with the visit whose images they describe, those of a whole dataset follow when
 * a visit was placed.
 */
import { companionKind, datasetsOf, inDataset } from '../../core/bids/dataset.ts';
import { REPORT_PATH } from '../../core/export/names.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { MOST_COMPANION_BYTES } from '../export-bids.ts';
import type { Visits } from './visits.ts';

export interface Beside {
  /** Files that change, with the number of their visit; null: of the dataset. */
  readonly changing: readonly { readonly path: string; readonly visit: number | null }[];
  /** How many files of the datasets stay although nobody knows what is in them. */
  readonly stays: number;
}

/** @param others files that are no images, as they were opened */
export function besideOf(others: readonly SourceFile[], { visitAt }: Visits): Beside {
  const datasets = datasetsOf(others.map(({ path }) => path));
  const changing: { path: string; visit: number | null }[] = [];
  let stays = 0;
  for (const { path, size } of others) {
    const at = path === REPORT_PATH ? null : inDataset(datasets, path);
    const kind = at && companionKind(at.path);
    if (kind === null || kind === 'copy') continue;
    if (kind === 'leave' || size > MOST_COMPANION_BYTES) stays++;
    else changing.push({ path, visit: visitAt(path) });
  }
  return { changing, stays };
}
