/** What the evidence is measured on. Real scans are measured where they lie, and never shown. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { headsOf, scansIn, type Head } from '../evaluate/heads.ts';
import { headsOfFolder } from './folder.ts';
import { hardHeads, phantomHeads } from './phantoms.ts';

export interface EvidenceSet {
  readonly id: string;
  readonly title: string;
  /** What a reader must know of it. */
  readonly what: string;
  readonly heads: () => AsyncIterable<Head>;
  readonly cuts: readonly string[];
  /** One scan a person: who is named can be asked. */
  readonly attack: boolean;
  /** Each scan has a row of its own. */
  readonly eachScan?: boolean;
  /** null: nobody of the set was trained on. */
  readonly isHeldOut: ((name: string) => boolean) | null;
  /** Before and after are drawn: people who do not exist. */
  readonly picture?: string;
}

const ALL_CUTS = [
  'standard',
  'shallow',
  'deep',
  'noise',
  'blur',
  'pixelate',
  'reface',
  'reface-random',
];
/** Among fewer people nobody is looked for. */
const FEW = 10;
/** Of those who were trained on every fourth is measured beside all who were not. */
const EVERY = 4;
const MOST_TRAINED = 12;

const split = JSON.parse(readFileSync('training/split.json', 'utf8')) as {
  readonly train: readonly string[];
  readonly validation: readonly string[];
};

/** @param data the folder of real scans; only what is there is measured */
export function setsOf(data: string): readonly EvidenceSet[] {
  return [...realSets(data), ...PHANTOM_SETS];
}

/** Air, the likeness and the new face: what the other methods do to a skin is between them. */
const PHANTOM_CUTS = ['standard', 'shallow', 'deep', 'blur', 'pixelate', 'reface'];

const CONTRASTS = [
  ['CT', 'CT', undefined, 10, PHANTOM_CUTS],
  ['MR T1', 'MR', 'T1', 4, ['standard']],
  ['MR T2', 'MR', 'T2', 4, ['standard']],
  ['MR PD', 'MR', 'PD', 4, ['standard']],
] as const;

const PHANTOM_SETS: readonly EvidenceSet[] = [
  {
    id: 'hard',
    title: 'Phantoms made to be hard',
    what: 'One head each, standard cut.',
    heads: hardHeads,
    cuts: ['standard'],
    attack: false,
    eachScan: true,
    isHeldOut: null,
    picture: 'hard.png',
  },
  ...CONTRASTS.map(([title, kind, contrast, people, cuts]): EvidenceSet => ({
    id: `phantom-${title.toLowerCase().replace(' ', '-')}`,
    title: `Phantoms, ${title}`,
    what: `${people} people who do not exist, 2 mm, slightly turned${kind === 'CT' ? ', half of them on couch and head holder' : ''}.`,
    heads: () => phantomHeads(people, { kind, ...(contrast ? { contrast } : {}) }),
    cuts,
    attack: people >= FEW,
    isHeldOut: null,
  })),
];

function realSets(data: string): readonly EvidenceSet[] {
  const ixi = path.join(data, 'nifti/ixi_hh');
  if (!existsSync(ixi)) return [];
  const trained = split.train.filter((_, n) => n % EVERY === 0).slice(0, MOST_TRAINED);
  const wanted = [...split.validation, ...trained];
  const files = scansIn(ixi).filter((file) =>
    wanted.some((name) => path.basename(file).startsWith(name)),
  );
  return [
    {
      id: 'ixi',
      title: 'Real people, MR T1 (IXI-HH)',
      what: `${files.length} people, one scanner, 3 T, 2 mm; ${split.validation.length} of them were held out of training.`,
      heads: () => headsOf(files),
      cuts: ALL_CUTS,
      attack: true,
      isHeldOut: (name) => split.validation.some((held) => name.startsWith(held)),
    },
    {
      id: 'series',
      title: 'Real people, other scanners',
      what: 'Whole heads of the DICOM and NIfTI series that were never trained on; no labels but those of the network.',
      heads: () => otherHeads(data),
      cuts: ['standard'],
      attack: false,
      isHeldOut: null,
    },
  ];
}

/** Series of which four slices are noise or that are no heads are not among them. */
const WHOLE = /^(ct|mr)-/;

async function* otherHeads(data: string): AsyncGenerator<Head> {
  yield* headsOf([
    ...scansIn(path.join(data, 'nifti/other_mri')),
    ...scansIn(path.join(data, 'nifti/ct')),
  ]);
  const dicom = execFileSync(path.join(data, 'unpack'), { encoding: 'utf8' }).trim();
  for (const name of readdirSync(dicom)
    .filter((one) => WHOLE.test(one))
    .sort()) {
    yield* headsOfFolder(path.join(dicom, name), (scan, code) => {
      console.error(`${scan}: ${code}`);
    });
  }
}
