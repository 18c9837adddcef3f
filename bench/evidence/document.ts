/** The evidence as a page of Markdown. Sentences about figures are made from the figures. */
import { sayCount, type Count } from './interval.ts';
import type { Protection, Recognition, Summary } from './summary.ts';

export interface SetSummary extends Summary {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  /** Rows of its own for each scan, where they are few and made. */
  readonly scans?: readonly ScanRow[];
  readonly picture?: string;
}

export interface ScanRow {
  readonly name: string;
  readonly decision: string;
  readonly reasons: readonly string[];
  readonly skinMoved: number | null;
  readonly brainVoxels: number | null;
  readonly brainMm: number | null;
}

export const CUT_NAMES: Readonly<Record<string, string>> = {
  none: 'undefaced',
  standard: 'standard, air (default)',
  shallow: 'shallow, air',
  deep: 'deep, air',
  noise: 'standard, noise',
  blur: 'standard, blur',
  pixelate: 'standard, pixelate',
  reface: 'standard, reface',
  'reface-random': 'standard, reface-random',
  scalp: 'standard with scalp, air',
};
export const DEPTHS = ['none', 'shallow', 'standard', 'deep'];
export const METHODS = ['none', 'standard', 'noise', 'blur', 'pixelate', 'reface', 'reface-random'];

export function documentOf(sets: readonly SetSummary[], model: string): string {
  const parts = [
    '# Evidence',
    `Made by \`npm run evidence\` with the weights ${model}; do not edit. The same figures for programs: [evidence.json](evidence.json). Intervals are 95 % (Wilson): they say what so few people can show. Choices and limits: [decision 24](../decisions/0024-evidence.md).`,
    '## Protection and brain safety, standard cut',
    '“Skin moved” counts scans in which at least 98 % of the facial skin moved by more than 10 mm. “Brain changed” counts scans in which a voxel of the brain changed: by labels that are not the network’s where there are some, else by its own (in italics). “Done” are those that need no look.',
    protectionTable(
      sets.map((set) => ({ title: set.title, rows: set.protection.filter(isStandard) })),
    ),
    setNotes(sets),
    '## Who is named by what is left',
    'The attacker has the undefaced scan of everyone in the gallery, the same scan of the person he looks for, and a head frame true to 2° and 2 mm: kinder to him than life. The worst of three galleries counts: as it is, and peeled by 6 and by 14 mm, as one would who knows the tool. AUC: how often the same person lies nearer than another; 0.5 is luck.',
    ...sets.flatMap((set) => (set.recognition.length ? recognitionParts(set) : [])),
    ...sets.flatMap((set) => (set.scans ? scanParts(set, set.scans) : [])),
    '## What was not measured',
    list([
      'Photographs, networks trained to recognise, generative models that guess a face: the matcher compares skins of scans, and that it fails is no proof.',
      'A second scan of the same real person: there is none in the data, so the same scan with noise stands for it, which flatters the attacker.',
      'Real CT with labels; real children; real beards, braces and implants: those are phantoms here, made by the same project that is measured.',
      'More than one scanner with labels. The real people with labels come from one.',
      'Larger galleries. A rate among few people says little about a city.',
      'Whether a person who looks at the result knows who it is.',
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const isStandard = ({ cut }: Protection): boolean => cut === 'standard';

export function protectionTable(
  sets: readonly { readonly title: string; readonly rows: readonly Protection[] }[],
): string {
  const brain = ({ brainChanged, ownBrainChanged }: Protection): string => {
    if (!brainChanged.n) return italic(ownBrainChanged);
    // Labels of some scans alone say nothing of the others.
    const isOfAll = brainChanged.n >= ownBrainChanged.n;
    return sayCount(brainChanged) + (isOfAll ? '' : `; ${italic(ownBrainChanged)}`);
  };
  return table(
    [
      'scans',
      'cut',
      'done',
      'look',
      'refused',
      'skin moved',
      'face found again',
      'brain changed',
      'removed, median',
    ],
    sets.flatMap(({ title, rows }) =>
      rows.map((row) => [
        title,
        CUT_NAMES[row.cut] ?? row.cut,
        sayCount(row.decided.deface),
        `${row.decided.review.k}`,
        `${row.decided.refuse.k + row.decided.exclude.k}`,
        sayCount(row.skinMoved),
        sayCount(row.faceAgain),
        brain(row),
        row.millilitres === null ? '–' : `${row.millilitres} ml`,
      ]),
    ),
  );
}

export function recognitionTable(rows: readonly Recognition[]): string {
  const held = rows.some(({ heldOut }) => heldOut);
  return table(
    [
      'seen',
      'what is left',
      'named first',
      ...(held ? ['of those held out of training'] : []),
      'among five',
      'median rank',
      'AUC',
      'worst gallery',
    ],
    rows.map((row) => [
      row.view,
      CUT_NAMES[row.cut] ?? row.cut,
      sayCount(row.first),
      ...(held ? [row.heldOut ? sayCount(row.heldOut) : '–'] : []),
      sayCount(row.five),
      `${row.median} of ${row.of}`,
      row.auc.toFixed(2),
      row.gallery,
    ]),
  );
}

function recognitionParts(set: SetSummary): string[] {
  const { recognition, title, id, protection } = set;
  const [first] = recognition;
  if (!first) return [];
  const parts = [
    `### ${title}`,
    `${first.of} people; luck names ${(100 / first.of).toFixed(1)} %.`,
    recognitionTable(recognition.filter(({ view }) => view === 'face')),
  ];
  if (protection.length > 1) {
    parts.push(
      `![Named within so many guesses, by depth](${id}-depths.svg)`,
      `![Named within so many guesses, by method](${id}-methods.svg)`,
      'What every method did on the way:',
      protectionTable([{ title, rows: protection }]),
    );
  }
  const others = recognition.filter(
    ({ view, cut }) => view !== 'face' && ['none', 'standard', 'deep'].includes(cut),
  );
  return [...parts, 'Forehead and ears alone:', recognitionTable(others)];
}

function scanParts(set: SetSummary, scans: readonly ScanRow[]): string[] {
  const rows = scans.map((one) => [
    one.name,
    one.decision,
    one.skinMoved === null ? '–' : `${(Math.floor(1000 * one.skinMoved) / 10).toFixed(1)} %`,
    one.brainVoxels === null ? '–' : `${one.brainVoxels}`,
    one.brainMm === null || !Number.isFinite(one.brainMm) ? '–' : `${one.brainMm.toFixed(1)} mm`,
    one.reasons.join(' '),
  ]);
  const head = [
    'head',
    'decided',
    'facial skin moved',
    'brain voxels changed',
    'nearest to the brain',
    'why',
  ];
  const picture = set.picture
    ? [`![Each head’s skin before and after, in the order of the table](${set.picture})`]
    : [];
  return [`## Worst cases: ${set.title.toLowerCase()}`, set.what, table(head, rows), ...picture];
}

function setNotes(sets: readonly SetSummary[]): string {
  return list(
    sets.map(({ title, what, nearestBrainMm }) => {
      const near =
        nearestBrainMm === null ? '' : ` Nearest removed voxel to the brain: ${nearestBrainMm} mm.`;
      return `*${title}*: ${what}${near}`;
    }),
  );
}

function italic(count: Count): string {
  return count.n ? `*${sayCount(count)}*` : '–';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
