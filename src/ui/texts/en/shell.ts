/** What frames every view: header, titles, questions, faults. */
export const name = 'Efface';

export const shell = {
  skip: 'Skip to content',
  learn: 'Learn',
  learnMore: 'Why',
  privacy: 'Privacy',
  help: 'Help',
  theme: 'Theme',
  language: 'Language',
  home: 'Efface, start page',
  local: 'Stays on this machine',
  startOver: 'Start over',
  back: 'Back to your scans',
  steps: { open: 'Open', look: 'Look', remove: 'Remove', check: 'Check', save: 'Save' },
  stepsLabel: 'Steps',
  preparing: 'Preparing the pictures',
  close: 'Close',
} as const;

export const titles = {
  open: 'Efface',
  look: 'Series · Efface',
  remove: 'Removing faces · Efface',
  check: 'Check · Efface',
  save: 'Save · Efface',
  learn: 'Learn · Efface',
  privacy: 'Privacy · Efface',
} as const;

export const leave = {
  title: 'Start over?',
  text: 'Results that were not saved are forgotten. Your own files are not touched.',
  yes: 'Start over',
  no: 'Stay',
} as const;

export const fault = {
  what: 'A fault in Efface.',
  why: 'Something happened that should not be possible.',
  todo: 'Reload the page and try again; if it happens again, report it with the version in Help.',
} as const;

/** Names of what the page hands out. */
export const fileNames = {
  zip: 'efface.zip',
  key: 'efface-key.txt',
} as const;
