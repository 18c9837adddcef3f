/**
 * A network that fails on purpose: its answer is changed before anyone sees it, in the
 * same way for the mirrored head, so that the two runs agree.
 */
import type { FaceSegmenter, NetworkInput } from '../../src/app/ports.ts';
import { LABEL_SIZE, LABEL_SPACING_MM } from '../../src/core/segmentation/segment.ts';
import { LABEL_CLASSES } from '../../src/core/segmentation/segmentation.ts';
import { squaredDistance } from '../../src/core/volume/distance.ts';
import { Label } from '../../src/core/volume/volume.ts';

/** Class probabilities of the box, voxel-major. */
export type Answer = Float32Array;

export interface Failure {
  /** What the network is shown instead. */
  readonly show?: (values: Float32Array) => Float32Array;
  /** What it is made to say. */
  readonly say?: (answer: Answer) => Answer;
}

/** Wraps a segmenter; a mirrored input is known by the plain one that came before. */
export function planted(inner: FaceSegmenter, { show, say }: Failure): FaceSegmenter {
  let last: Float32Array | null = null;
  return {
    ...inner,
    find: (input) => inner.find(input),
    label: async (input: NetworkInput) => {
      const isMirror = last !== null && same(mirror(input.values, 1), last);
      last = input.values;
      const answer = await inner.label(show ? { ...input, values: show(input.values) } : input);
      if (!say) return answer;
      return isMirror ? mirror(say(mirror(answer, LABEL_CLASSES)), LABEL_CLASSES) : say(answer);
    },
  };
}

const [NI, NJ, NK] = LABEL_SIZE;
const STRIDES = [1, NI, NI * NJ] as const;
const VOXELS = NI * NJ * NK;

/** The answer turned over along an axis. */
export const flip =
  (axis: 0 | 1 | 2) =>
  (answer: Answer): Answer =>
    moved(answer, (at) => LABEL_SIZE[axis] - 1 - at, axis);

/** The answer moved along an axis (mm; towards left, back or crown where positive). */
export const shift =
  (axis: 0 | 1 | 2, mm: number) =>
  (answer: Answer): Answer => {
    const voxels = mm / LABEL_SPACING_MM;
    const whole = Math.floor(voxels);
    const part = voxels - whole;
    const [a, b] = [
      moved(answer, (at) => at - whole, axis),
      moved(answer, (at) => at - whole - 1, axis),
    ];
    return a.map((p, n) => (1 - part) * p + part * (b[n] as number));
  };

/** The brain is called head. */
export function dropBrain(answer: Answer): Answer {
  return relabelled(answer, (label) => (label === Label.brain ? Label.head : label));
}

/** The front half of the brain is called head. */
export function halveBrain(answer: Answer): Answer {
  const labels = labelsOf(answer);
  let [sum, n] = [0, 0];
  labels.forEach((label, v) => {
    if (label !== Label.brain) return;
    sum += Math.floor(v / NI) % NJ;
    n++;
  });
  return relabelled(answer, (label, v) =>
    label === Label.brain && Math.floor(v / NI) % NJ < sum / n ? Label.head : label,
  );
}

/** The outer millimetres of the brain are called head. */
export const erodeBrain =
  (mm: number) =>
  (answer: Answer): Answer => {
    const away = distanceTo(labelsOf(answer), (label) => label !== Label.brain, mm);
    return relabelled(answer, (label, v) =>
      label === Label.brain && (away[v] as number) <= mm * mm ? Label.head : label,
    );
  };

/** Brain and head within so many millimetres of the face are called face. */
export const growFace =
  (mm: number) =>
  (answer: Answer): Answer => {
    const labels = labelsOf(answer);
    const away = distanceTo(labels, (label) => label === Label.face || label === Label.eyes, mm);
    return relabelled(answer, (label, v) =>
      (label === Label.brain || label === Label.head) && (away[v] as number) <= mm * mm
        ? Label.face
        : label,
    );
  };

export function swapFaceAndBrain(answer: Answer): Answer {
  return relabelled(answer, (label) =>
    label === Label.brain ? Label.face : label === Label.face ? Label.brain : label,
  );
}

/** Light becomes dark where there is anything to see. */
export function inverted(values: Float32Array): Float32Array {
  return values.map((value) => (value > 0 ? Math.max(0, 1 - value) : 0));
}

/** Every failure by name; `other` is the answer for another head. */
export function failures(other: Answer): Readonly<Record<string, Failure>> {
  const all: Record<string, Failure> = {
    'upside down': { say: flip(2) },
    'front to back': { say: flip(1) },
    'inverted input': { show: inverted },
    'no brain': { say: dropBrain },
    'half a brain': { say: halveBrain },
    'brain 6 mm smaller': { say: erodeBrain(6) },
    'face 15 mm into the brain': { say: growFace(15) },
    'face and brain swapped': { say: swapFaceAndBrain },
    'labels of another head': { say: () => other.slice() },
  };
  const ways = [
    ['left', 0, 1],
    ['right', 0, -1],
    ['back', 1, 1],
    ['front', 1, -1],
    ['up', 2, 1],
    ['down', 2, -1],
  ] as const;
  for (const mm of [10, 20, 40]) {
    for (const [name, axis, sign] of ways) {
      all[`${mm.toFixed()} mm ${name}`] = { say: shift(axis, sign * mm) };
    }
  }
  return all;
}

export function labelsOf(answer: Answer): Uint8Array {
  const labels = new Uint8Array(answer.length / LABEL_CLASSES);
  for (let v = 0; v < labels.length; v++) {
    const start = v * LABEL_CLASSES;
    let best = 0;
    for (let c = 1; c < LABEL_CLASSES; c++) {
      if ((answer[start + c] as number) > (answer[start + best] as number)) best = c;
    }
    labels[v] = best;
  }
  return labels;
}

/** The probability of what a voxel was goes to what it is called now. */
function relabelled(answer: Answer, name: (label: number, v: number) => number): Answer {
  const out = answer.slice();
  labelsOf(answer).forEach((old, v) => {
    const next = name(old, v);
    if (next === old) return;
    const start = v * LABEL_CLASSES;
    out[start + next] = (answer[start + old] as number) + (answer[start + next] as number);
    out[start + old] = 0;
  });
  return out;
}

/** Squared distance (mm²) to the voxels that are in. */
function distanceTo(
  labels: Uint8Array,
  isIn: (label: number) => boolean,
  mm: number,
): Float32Array {
  const mask = labels.map((label) => (isIn(label) ? 1 : 0));
  const spacing = [LABEL_SPACING_MM, LABEL_SPACING_MM, LABEL_SPACING_MM] as const;
  return squaredDistance(mask, LABEL_SIZE, spacing, mm + 1);
}

/** Every voxel takes the answer of the place `from` along the axis; outside it is air. */
function moved(answer: Answer, from: (at: number) => number, axis: 0 | 1 | 2): Answer {
  const out = new Float32Array(answer.length);
  for (let v = 0; v < VOXELS; v++) {
    const at = Math.floor(v / STRIDES[axis]) % LABEL_SIZE[axis];
    const source = from(at);
    if (source < 0 || source >= LABEL_SIZE[axis]) {
      out[v * LABEL_CLASSES] = 1;
      continue;
    }
    const start = (v + (source - at) * STRIDES[axis]) * LABEL_CLASSES;
    out.set(answer.subarray(start, start + LABEL_CLASSES), v * LABEL_CLASSES);
  }
  return out;
}

function mirror(values: Float32Array, width: number): Float32Array {
  const out = new Float32Array(values.length);
  const row = NI * width;
  for (let start = 0; start < values.length; start += row) {
    for (let i = 0; i < row; i += width) {
      out.set(values.subarray(start + row - width - i, start + row - i), start + i);
    }
  }
  return out;
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, n) => value === b[n]);
}
