/**
 * Siemens mosaics: the slices of a volume as tiles of one picture (dicom.md §2.6).
 *
 * ImagePositionPatient is that of the whole picture's corner, as if it were one slice, and
 * the side to which the slices count is told by private elements only. Where nothing says
 * it, the volume may be mirrored: it is refused then, and never guessed.
 */
import type { ReasonId } from '../error-reasons.ts';
import { cross, dot, norm, scale, type Vec3 } from '../geometry/affine.ts';
import { csaTexts, readCsa, type CsaField } from './csa.ts';
import { privateValue, type DataSetView } from './data-set-view.ts';
import { numbersAt, type DicomHeader, type FileParts } from './header.ts';
import { numbersOf, textOf } from './values.ts';

const MR_HEADER = 'SIEMENS MR HEADER';
const CSA_HEADER = 'SIEMENS CSA HEADER';
/** The slice normal is a unit vector along the normal of the picture, or it is not believed. */
const ALONG = 0.99;
/** More slices than this are a number read wrongly. */
const MAX_SLICES = 1024;

export function isMosaic({ imageType }: DicomHeader): boolean {
  return imageType.includes('MOSAIC');
}

/** The tiles of a mosaic that hold slices, each with the header of a slice. */
export function tilesOf(view: DataSetView, header: DicomHeader): FileParts {
  const problem = (reason: ReasonId): FileParts => ({ kind: 'mosaic', problem: reason });
  const { position, orientation, pixelSpacing, rows, columns } = header;
  if (!position || !orientation || !pixelSpacing) return problem('mosaic/no-position');
  const bytes = privateValue(view, 0x0029, CSA_HEADER, 0x10)?.bytes;
  const csa = bytes ? readCsa(bytes) : null;
  const count = countOf(view, csa);
  if (count === null) return problem('mosaic/no-count');
  const across = Math.ceil(Math.sqrt(count));
  if (rows % across !== 0 || columns % across !== 0) {
    return problem('mosaic/not-divisible');
  }
  const { row, column } = orientation;
  const normal = cross(row, column);
  const told = csaTexts(csa, 'SliceNormalVector').slice(0, 3).map(Number);
  const along = told.length === 3 ? dot(told as unknown as Vec3, normal) : 0; // three numbers
  if (!(Math.abs(along) > ALONG && Math.abs(along) < 2 - ALONG)) {
    return problem('mosaic/no-side');
  }
  const step = numbersAt(view, 0x00180088)[0] ?? numbersAt(view, 0x00180050)[0] ?? 0;
  if (!(step > 0)) return problem('mosaic/no-distance');

  const [high, wide] = [rows / across, columns / across];
  const [rowStep, columnStep] = pixelSpacing;
  const corner = moved(position, [
    [row, (columnStep * (columns - wide)) / 2],
    [column, (rowStep * (rows - high)) / 2],
  ]);
  const direction = scale(normal, Math.sign(along) / norm(normal));
  const slices = Array.from({ length: count }, (_, n) => ({
    part: { frame: 0, left: (n % across) * wide, top: Math.floor(n / across) * high },
    header: {
      ...header,
      rows: high,
      columns: wide,
      position: moved(corner, [[direction, n * step]]),
    },
  }));
  return { kind: 'mosaic', slices };
}

/** Number of slices, by the element for it, the CSA header, or the times of the slices. */
function countOf(view: DataSetView, csa: readonly CsaField[] | null): number | null {
  const element = privateValue(view, 0x0019, MR_HEADER, 0x0a);
  const times = privateValue(view, 0x0019, MR_HEADER, 0x29);
  const candidates = [
    // US in most files, IS in some; the archive may have lost the VR.
    ...(element ? [numbersOf({ ...element, vr: 'US' })[0] ?? NaN, Number(textOf(element))] : []),
    Number(csaTexts(csa, 'NumberOfImagesInMosaic')[0] ?? NaN),
    times ? times.bytes.length / 8 : NaN,
  ];
  return candidates.find((one) => Number.isInteger(one) && one > 0 && one <= MAX_SLICES) ?? null;
}

function moved(from: Vec3, steps: readonly (readonly [direction: Vec3, mm: number])[]): Vec3 {
  return steps.reduce<Vec3>(
    ([x, y, z], [direction, mm]) => [
      x + direction[0] * mm,
      y + direction[1] * mm,
      z + direction[2] * mm,
    ],
    from,
  );
}
