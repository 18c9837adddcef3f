/** What `efface match` found, in words and for programs: ranks, and never who. */
import type { Power, ViewMatch } from '../app/match.ts';
import { explain, type ErrorRecord } from '../core/errors.ts';
import type { View } from '../core/matcher/views.ts';
import { reportReason } from '../core/report/report.ts';

export interface MatchOutcome {
  /** People in the gallery. */
  readonly gallery: number;
  /** Why scans of the gallery were left out. */
  readonly left: readonly ErrorRecord[];
  readonly power: Power;
  readonly views: readonly ViewMatch[];
}

/** Where fewer of the gallery's own people are named first (share), silence means nothing. */
const POWER = 0.9;
const FEW = 20;

const WORDS: Readonly<Record<View, string>> = {
  face: 'face',
  forehead: 'forehead alone',
  ears: 'ears alone',
};

export function isPowerful({ face }: Power): boolean {
  return face !== null && face.first >= POWER;
}

export function matchText(outcome: MatchOutcome): string {
  const { gallery, left, power, views } = outcome;
  return [
    `Gallery: ${gallery} people. By chance one is named first in ${percent(1 / gallery)} of tries.`,
    ...(left.length
      ? [`${left.length} of its scans could not be compared and were left out.`]
      : []),
    ...(gallery < FEW ? [`With fewer than ${FEW} people a rank says little.`] : []),
    '',
    'Power: the gallery’s own people, undefaced, named first by another look at the same scan',
    ...Object.entries(power).map(([view, ranks]) =>
      // The entries are those of Power.
      row(view as View, ranks ? `${percent(ranks.first)} of ${ranks.of}` : 'not in view'),
    ),
    ...(isPowerful(power)
      ? []
      : ['It does not find people here even undefaced, so that it finds none means nothing.']),
    '',
    'The scan: rank of its own person',
    ...views.map(({ view, rank, of }) =>
      row(
        view,
        rank === null ? 'too little in view' : `${rank} of ${of}${rank === 1 ? ': told' : ''}`,
      ),
    ),
    '',
    LIMITS,
    '',
  ].join('\n');
}

export function matchJson(outcome: MatchOutcome, version: string): string {
  const { gallery, left, power, views } = outcome;
  const told = ({ view, rank, of }: ViewMatch) => ({
    view,
    rank,
    of,
    told: rank === null ? null : rank === 1,
  });
  const document = {
    schema: 'efface-match/1',
    tool: { name: 'efface', version },
    gallery,
    chance: 1 / gallery,
    power: { shown: isPowerful(power), ...power },
    views: views.map(told),
    left: left.map(({ code, details }) => reportReason(explain(code, details))),
    limits: LIMITS,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const LIMITS =
  'One rank is one draw: judge a method by many people. A stronger matcher, a photograph or a ' +
  'generative model may tell what this one does not, and the brain itself tells a person to whoever ' +
  'holds the undefaced scan. Do not run this on scans of real people without the right to, and ' +
  'never across data sets.';

function row(view: View, text: string): string {
  return `  ${WORDS[view].padEnd(16)}${text}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
