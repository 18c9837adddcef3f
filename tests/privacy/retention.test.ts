/**
 * What is left of real headers, by category and options: to remove everything is no
 * achievement. Prints the table that docs/deidentification.md has.
 */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEID_OPTIONS, type DeidOption } from '../../src/core/deidentify/options.ts';
import { deidentifiedOne } from '../support/deidentified.ts';
import { HEAD_SERIES } from '../support/exported-series.ts';
import {
  CATEGORIES,
  categoryOf,
  emptyScore,
  type Category,
  type Score,
} from '../support/retention.ts';
import { filesBelow, readBytes, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();

const SETS: readonly (readonly [string, readonly DeidOption[]])[] = [
  ['Basic', []],
  ['dates', ['dates']],
  ['patient', ['patient']],
  ['device', ['device']],
  ['institution', ['institution']],
  ['UIDs', ['uids']],
  ['private', ['private']],
  ['descriptors', ['descriptors']],
  ['all', DEID_OPTIONS.filter((option) => option !== 'shifted-dates')],
];

async function scoreOf(files: readonly string[], options: readonly DeidOption[]): Promise<Score> {
  const score = emptyScore();
  for (const file of files) {
    const { actions } = await deidentifiedOne(readBytes(file), { options });
    for (const { element, action, rule } of actions) {
      if (!element || rule.kind === 'meta' || rule.kind === 'mark') continue;
      const category = categoryOf(element);
      const entry = category && score.get(category);
      if (!entry) continue;
      entry.of += 1;
      if (action === 'kept') entry.kept += 1;
    }
  }
  return score;
}

describe.skipIf(data === null)('what is left of real headers', () => {
  test('geometry and pixels wholly, and more with each option where it says so', async () => {
    const root = data ?? '';
    const files = HEAD_SERIES.map((name) => filesBelow(path.join(root, name))[2] ?? '');
    files.push(path.join(root, 'cases/enhanced/mosaic_35slices_explicit.dcm'));
    const scores = new Map<string, Score>();
    for (const [name, options] of SETS) scores.set(name, await scoreOf(files, options));
    const share = (set: string, category: Category): number => {
      const { of, kept } = scores.get(set)?.get(category) ?? { of: 0, kept: 0 };
      return kept / of;
    };
    const lines = CATEGORIES.map((category) => {
      const cells = SETS.map(([name]) => `${Math.round(100 * share(name, category))}`);
      return `| ${category} (${scores.get('Basic')?.get(category)?.of ?? 0}) | ${cells.join(' | ')} |`;
    });
    console.info(
      ['', `| % unchanged | ${SETS.map(([name]) => name).join(' | ')} |`, ...lines].join('\n'),
    );

    expect(share('Basic', 'pixel description')).toBeGreaterThan(0.95);
    expect(share('Basic', 'geometry')).toBeGreaterThan(0.95);
    expect(share('Basic', 'acquisition')).toBeGreaterThan(0.85);
    for (const [set, category] of [
      ['dates', 'dates and times'],
      ['patient', 'patient'],
      ['device', 'device'],
      ['institution', 'institution'],
      ['UIDs', 'UIDs'],
      ['private', 'private'],
      ['descriptors', 'descriptions'],
    ] as const) {
      expect(share(set, category)).toBeGreaterThan(share('Basic', category));
    }
  }, 60_000);
});
