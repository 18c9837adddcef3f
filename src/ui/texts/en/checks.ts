/** The checks of a result. */
import { LIMITS } from '../../../core/report/decide.ts';
import { MOST_SKIN_CM2 } from '../../../core/report/skin-left.ts';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

export const checks = {
  title: 'Checks',
  grades: { pass: 'Pass', look: 'Look', fail: 'Fail', none: 'Not measured' },
  notMeasured: 'Not measured',
  faceStays: 'The face stays',
  isNewFace: 'Another face is there',
  noSkin: 'Not seen in PET',
  ofLabels: `of the CT or MR; at least ${percent(LIMITS.shareOfLabels)}`,
  outsideLater: 'When files are written',
  notAsked: 'Not tried here',
  whyNotAsked:
    'it could only be compared with made-up people, which says nothing about a real scan; Learn shows the matcher at work',
  places: {
    title: 'Places to look at',
    show: 'Show',
    showRow: (row: string): string => `Show: ${row}`,
    touched: 'Brain is touched',
    near: (mm: string): string => `${mm} mm from the brain`,
    face: (cm2: string): string => `Skin of the face stayed, ${cm2} cm²`,
    earLeft: (cm2: string): string => `Skin of the left ear stayed, ${cm2} cm²`,
    earRight: (cm2: string): string => `Skin of the right ear stayed, ${cm2} cm²`,
  },
  rows: {
    outside: 'Voxels changed outside the region',
    brain: 'Brain voxels changed',
    guard: 'Distance kept from the brain',
    moved: 'Face skin moved (median; nearest 5 %)',
    share: 'Face skin moved by more than 10 mm',
    again: 'Face found again in the result',
    parallel: 'Cut follows the skin (index)',
    newFace: 'New face off the one to be put there',
    mirror: 'Agreement with the mirrored run (brain; removal)',
    tookBack: 'Taken back by the brain guard',
    matcher: 'Recognised by the matcher',
    left: 'Largest patch of face or ear skin that stayed',
    removed: 'Removed volume',
    backend: 'The network ran on',
  },
  limits: {
    outside: 'must be 0',
    brain: 'must be 0',
    guard: `at least ${LIMITS.guardMm} mm`,
    moved: 'more is better',
    share: `at least ${percent(LIMITS.shareMoved10mm)}`,
    again: `at most ${percent(LIMITS.faceFoundAgain)}`,
    parallel: `at most ${LIMITS.parallelSurfaceIndex}`,
    newFace: `at most ${LIMITS.newFaceMm} mm`,
    mirror: `at least ${LIMITS.mirrorBrain}; ${LIMITS.mirrorRemoval}`,
    tookBack: `at most ${percent(LIMITS.guardTookBack)}`,
    matcher: 'no better than chance',
    left: `at most ${MOST_SKIN_CM2} cm²`,
    removed: '',
    backend: '',
  },
  backends: { wasm: 'WebAssembly', webgl: 'WebGL', webgpu: 'WebGPU' } as Readonly<
    Record<string, string>
  >,
  ranks: (before: number, after: number, of: number): string =>
    `rank ${before}, now ${after} of ${of}`,
};
