/**
 * From the voxels that are to go to a result that is measured and decided on: by whatever the
 * region was drawn, it is judged by the same checks.
 */
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { METHOD, newFaceOf, withoutFace } from '../core/deface/methods.ts';
import { LIKENESS, NEW_FACE, type SeededOptions } from '../core/deface/options.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { JobOptions } from '../core/progress.ts';
import { checkResult } from '../core/report/check-result.ts';
import { decide, failedChecks } from '../core/report/decide.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { RemovalPlan } from './plan-removal.ts';
import type { FaceSegmenter } from './ports.ts';

const LIKENESS_REASON: ErrorRecord = { code: 'deface/likeness', details: {} };
const NO_NEW_FACE: ErrorRecord = { code: 'deface/no-new-face', details: {} };
const NO_PLACE: ErrorRecord = { code: 'edit/no-new-face', details: {} };
const LENT: ErrorRecord = { code: 'deface/lent', details: {} };

/** Of a scan in which something was removed. */
export type CarriedOut = Omit<DefacedScan, 'scan'>;

/** @throws AbortSignal's reason when cancelled; EffaceError `job/memory` */
export async function carryOut(
  volume: Volume,
  { head, options, fine, guard, cut, removed }: RemovalPlan,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<CarriedOut> {
  const started = performance.now();
  const { segmentation, frame, borrowed, doubts } = head;
  const seed = options.methodSeed ?? [];
  const isPet = volume.modality === 'PT';
  const hasPlace = head.byHand !== 'from-nothing';
  // Where no face was found none can be fitted, and in PET a made face would be activity that nobody had.
  const method = isPet || !hasPlace ? withoutFace(options.method) : options.method;
  const delta = await METHOD[method]({ volume, removed, frame, seed }, job);
  const newFace = await newFaceOf(method, seed, job);
  const defaced = performance.now();
  const { checks, places } = await checkResult(
    { volume, segmentation, fine, guard, frame, cut, removed, delta, newFace },
    (input) => segmenter.label(input),
    job,
  );
  const reasons = [
    ...doubts,
    // Whatever the figures say: nobody is to take it for a removed face.
    ...(LIKENESS.includes(options.method) ? [LIKENESS_REASON] : []),
    ...failedChecks(checks, options.regions),
  ];
  return {
    decision: decide(reasons),
    reasons,
    notes: [
      ...notesOn({ ...options, method }),
      ...(method === options.method ? [] : [isPet ? NO_NEW_FACE : NO_PLACE]),
      // Of PET a reason says so (label-head.ts).
      ...(borrowed && !isPet ? [LENT] : []),
    ],
    checks,
    places,
    head,
    result: {
      labels: removed.labels,
      region: removed.region,
      delta,
      filled: { method, frame, seed },
      millilitres: removed.millilitres,
      regions: removed.volumes,
    },
    timingsMs: { segment: 0, deface: defaced - started, verify: performance.now() - defaced },
  };
}

/** A result that passes its checks still says where it is less than the standard one. */
function notesOn({ regions, depth, method }: SeededOptions): readonly ErrorRecord[] {
  if (!regions.includes('face')) return [{ code: 'deface/face-stays', details: {} }];
  const notes: ErrorRecord[] = [];
  if (depth === 'shallow') notes.push({ code: 'deface/shallow', details: {} });
  if (NEW_FACE.includes(method)) notes.push({ code: 'deface/new-face', details: {} });
  return notes;
}
