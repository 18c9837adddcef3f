/** Where a slice lies, as a radiologist reads it: `H 34.5 mm` is above the origin. */
import { decimal } from '../texts/figures.ts';
import type { Plane } from './planes.ts';

const LETTERS: Readonly<Record<Plane, readonly [negative: string, positive: string]>> = {
  axial: ['F', 'H'],
  coronal: ['A', 'P'],
  sagittal: ['R', 'L'],
};

export function positionText(plane: Plane, mm: number): string {
  const [negative, positive] = LETTERS[plane];
  return `${mm <= -0.05 ? negative : positive} ${decimal(Math.abs(mm), 1)} mm`;
}
