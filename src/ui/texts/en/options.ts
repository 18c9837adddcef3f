/** What is removed, and how. */
import type { Depth, MethodId, Region } from '../../../core/deface/options.ts';

export const options = {
  title: 'What is removed',
  regions: 'Regions',
  region: {
    face: 'Face',
    ears: 'Ears',
    eyes: 'Eyes',
    teeth: 'Teeth',
    scalp: 'Scalp',
  } satisfies Record<Region, string>,
  regionHint: {
    face: 'Skin and what lies in front of the wall',
    ears: 'Both auricles',
    eyes: 'Eyeballs too',
    teeth: 'Both jaws',
    scalp: 'Forehead and scalp skin',
  } satisfies Record<Region, string>,
  depth: 'Depth',
  depths: { shallow: 'Shallow', standard: 'Standard', deep: 'Deep' },
  depthHint: {
    shallow:
      'A shell 10 to 24 mm under the person’s own skin; deep tissue stays, and so does some likeness. Of 61 people, an attacker with scans of them named 13 % again (chance 1.6 %). About 570 ml go.',
    standard:
      'Everything in front of a smooth wall that does not follow the person’s skin. Of 61 people, an attacker with scans of them named 3 % again (chance 1.6 %). About 650 ml go.',
    deep: 'The whole face zone, back to the airway. Of 61 people, an attacker with scans of them named 3 % again (chance 1.6 %), no fewer than with Standard. About 1,090 ml go; one in three asks for a look.',
  } satisfies Record<Depth, string>,
  method: 'Method',
  methods: {
    blank: 'Blank: fill with air',
    noise: 'Noise: air like the scan’s own',
    blur: 'Blur: a coarser face (for comparison)',
    pixelate: 'Pixelate: blocks (for comparison)',
    reface: 'Reface: the average face',
    'reface-random': 'Reface: a made-up person',
  } satisfies Record<MethodId, string>,
  methodHint: {
    blank:
      'Takes everything in front of the cut; that the air was filled in can be seen. Of 24 people, 8 % were named again by the skin (chance 4 %).',
    noise:
      'As Blank, and no rim shows in the noise of the air; who works with the scan may take it for measured. Of 24 people, 8 % were named again by the skin (chance 4 %).',
    blur: 'Hides details only: published attacks restore blurred faces. Every result must be looked at. Of 24 people, 67 % were named again by the skin (chance 4 %).',
    pixelate:
      'Hides details only: published attacks see through blocks. Every result must be looked at. Of 24 people, 75 % were named again by the skin (chance 4 %).',
    reface:
      'The average of made heads stands on the wall, so that tools that expect a face find one; nothing measured in it means anything. Of 24 people, 4 % were named again by the skin (chance 4 %).',
    'reface-random':
      'As Reface, with a person drawn by the key from the made heads, the same in all scans of a patient. Of 24 people, 13 % were named again by the skin (chance 4 %).',
  } satisfies Record<MethodId, string>,
  methodPicture: (method: string) => `A made-up head after ${method}`,
  deid: 'De-identification',
  deids: { basic: 'Basic: names, IDs, dates, UIDs', none: 'None: header stays as it is' },
  deidNone:
    'The header keeps every name and number. Choose this only if it was de-identified before.',
  run: 'Remove faces',
  runHint: 'Your files stay as they are. Results are new files, written after you approve them.',
  nothingIncluded: 'Include at least one series, and choose at least one region.',
} as const;
