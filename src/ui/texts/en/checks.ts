/** The checks of a result. */
import { LIMITS } from '../../../core/report/decide.ts';

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
    removed: '',
    backend: '',
  },
  backends: { wasm: 'WebAssembly', webgl: 'WebGL', webgpu: 'WebGPU' } as Readonly<
    Record<string, string>
  >,
  ranks: (before: number, after: number, of: number): string =>
    `rank ${before}, now ${after} of ${of}`,
};
