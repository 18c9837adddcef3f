/** The list of series. */
export const series = {
  title: (scans: number) => (scans === 1 ? '1 series to deface' : `${scans} series to deface`),
  none: 'No series to deface',
  noneHelp: 'See below what was found and why it was left out, or open something else.',
  summary: (included: number, left: number, skipped: number) =>
    [
      `${included} included`,
      left > 0 ? `${left} left out` : '',
      skipped > 0 ? `${skipped} ${skipped === 1 ? 'file' : 'files'} skipped` : '',
    ]
      .filter(Boolean)
      .join(' · '),
  list: 'Series',
  look: (title: string) => `Look at ${title}`,
  include: 'Include',
  anyway: {
    chip: 'Included with its face',
    title: 'Include it with its face?',
    risk: 'Efface removes no face from these images. Localizers show the profile; reformats, renderings and photographs can show the whole face. Only names and numbers in the header are taken out.',
    mark: 'It is written as it is, not marked as faceless, and the report warns of it. Look at every picture before you share it.',
    no: 'Leave it out',
    yes: 'Include it anyway',
  },
  untitled: 'No description',
  leftOut: 'Left out',
  refused: 'Cannot be defaced',
  skipped: (n: number) => `Skipped files (${n})`,
  skippedList: 'Skipped files',
  patient: (patient: number, visit: number) => `Patient ${patient}, visit ${visit}`,
  files: (n: number) => (n === 1 ? '1 file' : `${n} files`),
  head: { yes: 'Head', no: 'No head seen', unknown: 'Head not yet checked' },
  plan: (regions: readonly string[]) => `${listed(regions)} will be removed.`,
  planNoHead: 'The network sees no head here. It is looked at again when you run it.',
  notIncluded: 'Not included: it will not be written.',
  thumbnail: 'Sagittal preview',
  openMore: 'Open something else',
  more: (n: number) => `and ${n} more`,
  ready: (n: number) => (n === 1 ? '1 result is ready.' : `${n} results are ready.`),
  toReview: 'Go to the results',
} as const;

export const status = {
  waiting: 'Waiting',
  running: 'Working',
  done: 'To review',
  look: 'Look closely',
  approved: 'Approved',
  rejected: 'Rejected',
  refused: 'Not defaced',
  failed: 'Stopped by an error',
} as const;

/** `Face, ears and eyes`. */
function listed([first = 'Nothing', ...rest]: readonly string[]): string {
  const names = rest.map((name) => name.toLowerCase());
  const last = names.pop();
  return last === undefined ? first : `${[first, ...names].join(', ')} and ${last}`;
}
