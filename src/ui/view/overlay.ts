/** The removed region and the brain's outline, over a picture of a slice. */
import { Label } from '../../core/volume/volume.ts';
import type { ReviewPictures } from '../../../workers/api.ts';
import type { MaskStyle } from './mask-style.ts';
import type { NearMarks } from './near-marks.ts';
import type { SliceFrame } from './planes.ts';
import { paintMask } from './reslice.ts';
import { tokenColor } from './tokens.ts';

/** Opacity of the veil over the removed region, of 255: it reaches far into the air. */
const VEIL = 38;
/** Size of what marks a voxel too near to the brain. */
const NEAR_PIXELS = 3;

export function drawOverlay(
  canvas: HTMLCanvasElement,
  frame: SliceFrame,
  { mask, labels }: Pick<ReviewPictures, 'mask' | 'labels'>,
  style: MaskStyle,
  near: NearMarks,
): void {
  const ratio = Math.min(2, devicePixelRatio);
  const width = Math.max(1, Math.round(frame.width * ratio));
  const height = Math.max(1, Math.round(frame.height * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  if (style === 'off') return;
  const fine = { ...frame, width, height, mmPerPixel: frame.mmPerPixel / ratio };
  const image = new ImageData(width, height);
  paintMask(image.data, fine, mask, tokenColor('--removed'), {
    veil: style === 'fill' ? VEIL : 0,
    isIn: (label) => label !== 0,
  });
  const brain = new ImageData(width, height);
  paintMask(brain.data, fine, labels, tokenColor('--guarded'), {
    veil: 0,
    isIn: (label) => label === Label.brain,
  });
  for (let at = 3; at < brain.data.length; at += 4) {
    if (brain.data[at] === 0) continue;
    image.data.set(brain.data.subarray(at - 3, at + 1), at - 3);
  }
  context.putImageData(image, 0, 0);
  context.fillStyle = `rgb(${tokenColor('--alarm').join(' ')})`;
  const dot = Math.max(2, Math.round(NEAR_PIXELS * ratio));
  for (const [x, y] of near.pixels) {
    context.fillRect(Math.round(x * ratio - dot / 2), Math.round(y * ratio - dot / 2), dot, dot);
  }
}
