/** The tables that `npm run evaluate` prints. */
import type { Ranks } from '../../src/core/matcher/ranks.ts';
import type { Doubted } from './doubt.ts';
import type { Agreement, Measured } from './evaluate.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const line = (name: string, value: string, goal = ''): void => {
  console.log(`${name.padEnd(52)} ${value.padStart(22)}   ${goal}`);
};

export function printDecisions(all: readonly Measured[]): void {
  console.log(`\n${all.length} scans`);
  for (const decision of ['deface', 'review', 'refuse', 'exclude']) {
    const these = all.filter((one) => one.decision === decision);
    if (these.length) line(decision, String(these.length));
    if (decision === 'deface') continue;
    for (const { name, reasons } of these) console.log(`    ${name}: ${reasons.join(' ')}`);
  }
  line('segmentation, mean', `${mean(all.map((one) => one.segmentMs)).toFixed(0)} ms`, '≤ 1500 ms');
}

export function printFigures(all: readonly Measured[]): void {
  if (!all.length) return;
  console.log(`\n${all.length} labelled scans: mean · worst`);
  const both = (
    name: string,
    of: (one: Measured) => number | null | undefined,
    show: (value: number) => string,
    worst: 'low' | 'high',
    goal: string,
  ): void => {
    const known = all.flatMap((one) => of(one) ?? []);
    if (!known.length) return;
    const extreme = worst === 'low' ? Math.min(...known) : Math.max(...known);
    line(name, `${show(mean(known))} · ${show(extreme)}`, goal);
  };
  const three = (value: number): string => value.toFixed(3);
  const cut = all.filter((one) => (one.brainCut ?? 0) > 0).length;
  line('scans in which a brain voxel is changed', String(cut), '0');
  both(
    'nearest removed voxel to the brain',
    (one) => one.brainMm,
    (v) => `${v.toFixed(1)} mm`,
    'low',
    '≥ 3 mm',
  );
  both('Dice face zone', (one) => one.dice?.face, three, 'low', '≥ 0.92');
  both('Dice ears', (one) => one.dice?.ears, three, 'low', '≥ 0.80');
  both('Dice intracranial cavity', (one) => one.dice?.brain, three, 'low', '≥ 0.97');
  both('Dice mask, against the cut by true labels', (one) => one.maskDice, three, 'low', '');
  both('facial skin moved > 10 mm', (one) => one.skinMoved, percent, 'low', '≥ 98 % · 90 %');
  both('  folds and floor of the chin included', (one) => one.allSkinMoved, percent, 'low', '');
  for (const side of ['left', 'right'] as const) {
    both(`auricle that survives, ${side}`, (one) => one.earsLeft?.[side], percent, 'high', '');
  }
  const ears = all.flatMap((one) => [one.earsLeft?.left ?? [], one.earsLeft?.right ?? []].flat());
  if (ears.length) {
    const good = ears.filter((share) => share < 0.05).length;
    line('  ears of which less than 5 % survive', percent(good / ears.length), '≥ 95 %');
  }
  both('removed elsewhere, of the head', (one) => one.elsewhere, percent, 'high', '≤ 2 %');
}

export function printConditions(agreement: Agreement): void {
  const names = Object.keys(agreement);
  if (!names.length) return;
  console.log('\nmask against that of the clean scan, within the head: mean · worst');
  const all: number[] = [];
  for (const name of names) {
    const list = agreement[name] ?? [];
    const known = list.flatMap((value) => value ?? []);
    all.push(...known);
    const none = list.length - known.length;
    const text = known.length ? `${mean(known).toFixed(3)} · ${Math.min(...known).toFixed(3)}` : '';
    line(name, text, none ? `${none} of ${list.length} refused` : '');
  }
  line('all', `${mean(all).toFixed(3)} · ${Math.min(...all).toFixed(3)}`, '≥ 0.92 · 0.80');
}

/** How often each ended as what, and which slipped through. */
export function printDoubt(title: string, all: readonly Doubted[]): void {
  if (!all.length) return;
  console.log(`\n${title}`);
  for (const decision of ['deface', 'review', 'refuse', 'exclude'] as const) {
    const n = all.filter((one) => one.decision === decision).length;
    if (n) line(`  ${decision}`, String(n));
  }
  const silent = all.filter((one) => one.silent);
  line('  silent: called done, and harmful', `${silent.length} of ${all.length}`, '0');
  for (const { name } of silent) console.log(`    ${name}`);
}

export function printRanks(
  rows: readonly { readonly name: string; readonly ranks: Ranks }[],
): void {
  const of = rows[0]?.ranks.of;
  if (of === undefined) return;
  const chance = 1 / of;
  const allowed = chance + 2 * Math.sqrt((chance * (1 - chance)) / of);
  console.log(`\nnamed among ${of} people: first · of five · of ten · median rank · AUC`);
  for (const { name, ranks } of rows) {
    const { first, five, ten, median, auc } = ranks;
    line(
      name,
      `${percent(first)} · ${percent(five)} · ${percent(ten)} · ${median} · ${auc.toFixed(2)}`,
    );
  }
  line('chance, and with two standard errors', `${percent(chance)}, ${percent(allowed)}`);
}

/** NaN of nothing. */
export function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}
