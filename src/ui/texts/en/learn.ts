/**
 * The lesson, loaded with it alone. Figures that others published are not here but in
 * docs/figures.json, each with its gallery and source.
 */
import type { View } from '../../../core/matcher/views.ts';
import type { LessonStep } from '../../state/lesson.svelte.ts';

interface StepText {
  readonly title: string;
  readonly lead: string;
  /** What a speaker may say. */
  readonly notes: readonly string[];
}

export const learn = {
  title: 'Why a head scan shows a face',
  kicker: (n: number, of: number) => `Step ${n} of ${of}`,
  next: 'Next step',
  previous: 'Previous step',
  restart: 'Start again',
  print: 'Print handout',
  notes: 'Speaker notes',
  nobody:
    'This person does not exist: made on this machine from numbers, like all heads of this lesson.',
  making: 'Making the head',
  makingStages: { read: 'Shaping the head', decode: 'Scanning it' },
  steps: {
    slices: {
      title: 'A scan is a stack of slices',
      lead: 'This is a CT of a head, as a scanner stores it: some 250 grey pictures. Scroll through them. Is there a face? At most an outline. Few would know who this is.',
      notes: [
        'One minute. Let someone scroll. Ask: who is this?',
        'Point at the outline of the sagittal slice: forehead, nose, lips and chin are one thin line.',
        'The three pictures are one and the same volume, cut in three directions.',
      ],
    },
    skin: {
      title: 'A threshold makes it a face',
      lead: 'Show everything denser than a number, and turn the number down. First bone; then, a little above air, the skin. No training, no network: any free viewer does it. Drag the head to turn it.',
      notes: [
        'Two minutes. Move slowly from the right (bone) to the left, and stop when the skin appears.',
        'Ask: would you know this person if you met him? Would a program that has his photograph?',
        'At the far left, noise of the air shows too: the skin is the widest range in between.',
      ],
    },
    header: {
      title: 'The names go; the face stays',
      lead: 'De-identification as most people know it works on the header: names, numbers, dates. It is necessary. But look to the left: after it the pixels are what they were.',
      notes: [
        'One minute. The table is what Efface does with the header of this head.',
        'The name in it is invented. Ask: which of these would you have forgotten? Unique identifiers are in every file.',
        'The point: a clean header beside an untouched face is a pseudonym with a photograph.',
      ],
    },
    remove: {
      title: 'Take the face off, not the brain',
      lead: 'A small network finds face, ears, eyes and brain on this machine. All in front of a smooth wall becomes air. The wall is the same for everyone: one that followed the skin would be the same face, moved inwards.',
      notes: [
        'Two minutes. The same code runs as on any scan, checks included; nothing is prepared.',
        'Turn both heads together. What is left that you would still recognise? Usually the forehead and the shape of the head.',
        'The brain and 5 mm around it are guarded: the figure under the picture counts its changed voxels.',
      ],
    },
    who: {
      title: 'Who is this?',
      lead: 'The matcher compares the skin with that of 24 people. Before, it must name the right one: if it could not, its silence afterwards would mean nothing. Then the same question again.',
      notes: [
        'Two minutes. Say the size of the gallery aloud: one in 24 is right by luck.',
        'If there is time: go back, choose Blur or Pixelate, and ask again. At first the matcher fails; then it blurs its gallery likewise, as an attacker would. Look at both ranks.',
        'Rank 1 means named. After the cut a rank in the middle is what chance looks like; one head is one draw, and luck can name it too.',
        'Foreheads of these made people hardly differ, so the forehead tells little here. Of 62 real people, aligned by their brains, the forehead alone named most.',
      ],
    },
    left: {
      title: 'What still tells a person',
      lead: 'A scan without a face is not anonymous. Some of what is left is a biometric of its own, and some attacks do not need a face at all.',
      notes: [
        'One minute. Ask the room for ideas first: what else in a head is nobody else’s?',
        'The last list is what this tool does not protect against. Read it out.',
      ],
    },
    measured: {
      title: 'What others measured',
      lead: 'Each figure with the number of people it comes from. A rate without its gallery says little: among ten people a name is easily right.',
      notes: [
        'As long as there is time. Pick one of each group.',
        'Studies differ in scanners, photographs and programs; do not compare their figures to the last per cent.',
      ],
    },
    rules: {
      title: 'What rules say, and what to ask',
      lead: 'What two laws say of faces in scans, and what you can ask where your own head is scanned. Efface claims no conformity with either law.',
      notes: [
        'One minute. Print the handout: the questions are on it.',
        'This is no legal advice, and laws change.',
      ],
    },
  } satisfies Record<LessonStep, StepText>,
  skin: {
    slider: 'Skin threshold',
    value: (hu: number) => `${hu} Hounsfield units`,
    marks: { air: 'air', skin: 'skin', soft: 'soft tissue', bone: 'bone' },
    says: (hu: number) =>
      hu > 250
        ? 'Bone: a skull. Hard to recognise for people, less so for programs.'
        : hu > 90
          ? 'Between bone and soft tissue: only what is dense.'
          : hu > -750
            ? 'The skin: a face that anyone can look at.'
            : 'Near air: noise begins to hide the skin.',
    loading: 'Finding the surface',
  },
  remove: {
    run: 'Remove the face',
    again: 'Remove it again',
    working: 'Removing the face',
    method: 'Method',
    before: 'Before',
    after: 'After',
    done: (ml: number) => `${Math.round(ml)} ml of tissue became air.`,
    changed: (ml: number) => `${Math.round(ml)} ml of tissue were changed.`,
    brain: (n: number) => `Changed voxels of the brain: ${n}.`,
    doubt: 'The checks ask for a look here, as they would for a scan of yours:',
    refused: 'The face was not removed:',
  },
  who: {
    run: 'Ask the matcher',
    first: 'First remove the face, in the step before.',
    working: 'Making 24 people and comparing',
    stages: { decode: 'Making people and their skins' },
    caption: 'Who is this?',
    columns: ['What it sees', 'It names', 'Rank of the right person', 'Gallery'],
    when: { before: 'before', after: 'after', likewise: 'after, gallery treated likewise' },
    views: { face: 'Face', forehead: 'Forehead alone', ears: 'Ears alone' } satisfies Record<
      View,
      string
    >,
    person: (n: number) => `Person ${n + 1}`,
    right: 'right',
    wrong: 'wrong',
    rank: (rank: number, of: number) => `${rank} of ${of}`,
    people: (of: number) => `${of} people`,
    summary: (before: number, after: number, of: number) =>
      before !== 1
        ? `The matcher did not name the person even before: nothing follows from what it says after.`
        : after === 1
          ? `Named before, and still named after: by luck that happens once in ${of}; look at what is left.`
          : `Named before. After, the right person comes at rank ${after} of ${of}; by luck one in ${of} is named.`,
    undone: (after: number, of: number) =>
      `Named before. At first the method seems to help: rank ${after} of ${of}. But who treats the gallery likewise names the person first again: only details were hidden.`,
    picture: 'Depth maps: near is bright',
    probe: { before: 'Before', after: 'After' },
    gallery: 'The 24 people of the gallery; the right one is framed',
    ears: 'Where the ears are gone, the row of the ears compares the sides of the skull behind them.',
    limits:
      'What the matcher cannot do: it compares skins of scans, one person at a time, and knows no photograph. A stronger one may name what it does not; that it fails is no proof.',
  },
  left: {
    blur: {
      title: 'Blur can be undone',
      text: 'A blurred face keeps its large shapes, and a network can learn to sharpen it. A simpler attack blurs the gallery likewise: choose Blur two steps back, and ask the matcher again. Blur is a weaker method than air, and looks safer than it is.',
    },
    stays: {
      title: 'What still identifies',
      items: [
        'Ears, if they are left',
        'Teeth and dental work',
        'The skull and the bone under the face',
        'The folds of the brain',
        'The sinuses',
        'Age and sex, from the pixels alone',
        'Implants and rare disease',
      ],
    },
    not: {
      title: 'What Efface does not protect against',
      items: [
        'Someone who holds the undefaced scan of the same person: all that is left matches',
        'Another series of the same visit that still shows the face',
        'A generative model that guesses a face from what is left',
        'Free text, file names and letters burned into other pictures',
        'A person who is known to have been scanned there, on that day',
      ],
    },
  },
  measured: {
    groups: {
      bare: 'A scan as it is',
      after: 'After removing the face',
      attack: 'Attacks on what is left',
      left: 'What is missed, and what stays',
    },
    gallery: 'From:',
    source: 'Source:',
  },
  rules: {
    laws: [
      {
        title: 'HIPAA Safe Harbor (United States, 45 CFR 164.514(b)(2))',
        text: 'Eighteen kinds of identifiers are to be removed. Among them: biometric identifiers, all elements of dates but the year, and full-face photographs and any comparable images. Besides, nobody may know that what is left identifies someone. Whether a scan that can be rendered is comparable to a photograph is not settled. The other way is an expert who finds the risk very small and writes down why.',
      },
      {
        title: 'GDPR, recital 26 (European Union)',
        text: 'Data are anonymous only where nobody can be identified by means reasonably likely to be used. A scan whose header is clean and whose face can be rendered or guessed again is, in the view of legal scholars, at best pseudonymised: still personal data.',
      },
    ],
    claim:
      'Efface makes no claim of compliance. Removing the face lowers a risk; who shares data stays responsible for them.',
    questionsTitle: 'Questions to ask an imaging provider',
    questions: [
      'Are my images used for research, or to train software? Where do they go?',
      'How are they de-identified: names and dates only, or the face too, and text in the picture? Who checks?',
      'Can I say no, and can I take it back later?',
      'How long are copies kept, and by whom?',
      'Are 3-D pictures and localizers treated like the main series?',
      'Who is told if someone is identified again?',
    ],
  },
  handout: {
    title: 'Your head scan shows your face',
    points: [
      'A CT or MR of the head contains the skin. With one threshold anyone can show it as a face, in any free viewer.',
      'Taking names out of the header does not change that.',
      'The face can be removed and the brain left as it was; that lowers the risk and does not make a scan anonymous.',
      'Ears, teeth, skull, sinuses and the folds of the brain can still tell a person.',
    ],
    figures: 'Measured',
    result: 'In today’s lesson',
    made: 'Made with Efface, which removes faces from scans on your own machine. Not a medical device; no claim of compliance with any law.',
  },
} as const;
