/** The options of de-identification, and the project's key. */
import type { DeidOption } from '../../../core/deidentify/options.ts';

export const deid = {
  /** Closed, it still says what was chosen in it. */
  more: (kept: number, hasKey: boolean): string =>
    ['What to keep, project key', kept ? `${kept} kept` : '', hasKey ? 'key in use' : '']
      .filter((part) => part !== '')
      .join(' · '),
  title: 'Keep nevertheless',
  option: {
    dates: 'Dates as they are',
    'shifted-dates': 'Dates, moved by weeks',
    patient: 'Sex, age, size, weight',
    device: 'Device',
    institution: 'Institution',
    uids: 'UIDs',
    private: 'Safe private elements',
    descriptors: 'Descriptions',
  } satisfies Record<DeidOption, string>,
  hint: {
    dates: 'Days and times of the visit; never the birth date.',
    'shifted-dates': 'All dates of a person move back by the same number of weeks; times stay.',
    patient: 'Ages over 89 become 090Y; the birth date always goes.',
    device: 'Serial number, station and the like.',
    institution: 'Name, address and department.',
    uids: 'Anyone with the original files can find them again by these.',
    private: 'Numbers that say how the image was acquired: diffusion, slice timing, scale slope.',
    descriptors: 'Only where every word is technical; look at them in the header table.',
  } satisfies Record<DeidOption, string>,
} as const;

export const key = {
  title: 'Project key',
  explain:
    'The same key gives the same pseudonyms, UIDs, moved dates and random shells in every run. Whoever has it can find people again: keep it secret, away from what you share.',
  none: 'No key: pseudonyms are new in every session.',
  set: 'Your key is in use, in memory only.',
  choose: 'Choose a key file',
  make: 'Make a key and save it',
  forget: 'Forget the key',
} as const;
