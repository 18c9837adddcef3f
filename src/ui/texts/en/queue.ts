/** The queue: visits, totals, and what can be done with a series. */

const series = (n: number): string => (n === 1 ? '1 series' : `${n} series`);

export const queue = {
  visit: (patient: number, visit: number, n: number) =>
    `Patient ${patient}, visit ${visit} · ${series(n)}`,
  noVisit: (n: number) => `Of no visit that can be told · ${series(n)}`,
  patientVisit: (patient: number, visit: number) => `Patient ${patient}, visit ${visit}`,
  up: (title: string) => `Move ${title} up`,
  down: (title: string) => `Move ${title} down`,
  remove: (title: string) => `Remove ${title} from the list`,
  retry: 'Try again',
  removed: (n: number) => `${series(n)} removed from the list: not worked on, not written.`,
  bringBack: 'Bring back',
  totals: {
    label: 'Totals',
    done: (done: number, of: number) => `${done} of ${of} done`,
    heads: (n: number) => (n === 1 ? '1 head' : `${n} heads`),
    look: (n: number) => `${n} to look at closely`,
    approved: (n: number) => `${n} approved`,
    rejected: (n: number) => `${n} rejected`,
    refused: (n: number) => `${n} not defaced`,
    failed: (n: number) => `${n} stopped by an error`,
    left: (text: string) => `Time left: ${text}`,
  },
  time: {
    unknown: 'not known before the first series is done',
    soon: 'less than a minute',
    minutes: (n: number) => (n === 1 ? 'about 1 minute' : `about ${n} minutes`),
    hours: (hours: number, minutes: number) =>
      minutes === 0 ? `about ${hours} h` : `about ${hours} h ${minutes} min`,
  },
  undo: 'Undo the last decision',
  /** Decisions that a reload did not lose. */
  earlier: {
    here: {
      what: (n: number) =>
        n === 1
          ? '1 result of this tab is still here, sealed.'
          : `${n} results of this tab are still here, sealed.`,
      why: '',
      todo: 'Open the same files again, and what was done is found, with your decisions.',
    },
    files: (n: number) =>
      n === 1
        ? 'What you said of 1 series before the reload was taken over: left out, removed or let through.'
        : `What you said of ${n} series before the reload was taken over: left out, removed or let through.`,
    waiting: (n: number) =>
      n === 1
        ? '1 result was approved or rejected before the reload. That holds again as soon as “Remove faces” has found the same result.'
        : `${n} results were approved or rejected before the reload. That holds again as soon as “Remove faces” has found the same results.`,
    holding: (n: number) =>
      n === 1
        ? '1 decision from before holds: it was made for this very result.'
        : `${n} decisions from before hold: they were made for these very results.`,
    voided: (n: number) =>
      n === 1
        ? '1 decision does not hold: its result or its files are not the same any more. Please decide again.'
        : `${n} decisions do not hold: their results or files are not the same any more. Please decide again.`,
    kept: 'Kept sealed for this tab, until you start over, close it, or clear what is kept (Privacy).',
    holds: {
      what: 'Decided before.',
      why: 'Your decision from before was made for this very result, byte for byte, and holds.',
      todo: '',
    },
    void: {
      what: 'Your earlier decision does not hold.',
      why: 'It was made for another result: files, method, settings, corrections or network have changed.',
      todo: 'Look at this result and decide again.',
    },
  },
  sheet: {
    title: 'All results',
    lead: 'Riskiest first, as they are after the removal: the skin from the front, and a slice through the middle. Arrow keys move, A approves, R rejects, Enter opens the full review.',
    bar: 'Decide on the chosen result',
    open: 'Full review',
    onlyLook: 'Only those to look at closely',
    toSave: 'Go to saving',
    none: 'There is nothing to look at closely.',
  },
  questions: {
    title: 'Before you save',
    text: 'A visit is called defaced only where each of its series was defaced, shows no head, or is left out. These are neither; they are not written as it is.',
    leave: (n: number) => `Leave ${series(n)} out`,
    leaveAll: 'Leave all of them out',
    look: 'Look at the list',
    hint: 'Answer the questions above first.',
    why: {
      waiting: 'not worked on yet',
      running: 'being worked on',
      done: 'not decided yet',
      refused: 'could not be defaced',
      failed: 'stopped by an error',
    },
  },
} as const;
