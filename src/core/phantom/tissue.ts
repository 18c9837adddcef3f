/** What a voxel is made of, and how bright each tissue is in CT, in MR and in PET. */

export const Tissue = {
  air: 0,
  skin: 1,
  fat: 2,
  muscle: 3,
  bone: 4,
  marrow: 5,
  tooth: 6,
  csf: 7,
  gray: 8,
  white: 9,
  nucleus: 10,
  vitreous: 11,
  lens: 12,
  sclera: 13,
  mucosa: 14,
  gland: 15,
  vessel: 16,
  cartilage: 17,
  /** Air in the nose, the sinuses, the mouth, the throat. */
  innerAir: 18,
  dura: 19,
} as const;
export type Tissue = (typeof Tissue)[keyof typeof Tissue];

export type Contrast = 'T1' | 'T2' | 'PD';

// Tissue                    air skin fat musc bone marr tooth csf gray white nucl vitr lens scl muco glan vess cart iair dura
// prettier-ignore
const HU =                 [-1000, 25, -95,  52, 1250, 420, 2150,  8,  39,  30,  37,  10,  85, 45,  38,  18,  46,  70, -1000, 55];
// prettier-ignore
const MR: Readonly<Record<Contrast, readonly number[]>> = {
  T1: [0.012, 0.62, 1.05, 0.40, 0.06, 0.70, 0.04, 0.16, 0.50, 0.72, 0.57, 0.17, 0.34, 0.32, 0.40, 0.52, 0.22, 0.36, 0.012, 0.30],
  T2: [0.012, 0.40, 0.72, 0.26, 0.05, 0.48, 0.03, 1.05, 0.58, 0.42, 0.50, 1.00, 0.22, 0.20, 0.85, 0.52, 0.12, 0.30, 0.012, 0.20],
  PD: [0.012, 0.60, 0.95, 0.55, 0.07, 0.62, 0.04, 0.78, 0.82, 0.68, 0.77, 0.78, 0.50, 0.42, 0.80, 0.68, 0.25, 0.50, 0.012, 0.35],
};

// FDG an hour after injection, kBq/ml; skin and fat hardly stand out from air.
// prettier-ignore
const UPTAKE =             [    0, 1.6, 0.7, 2.6,  1.2, 3.0,  0.3, 1.5, 24,   8,  22,  0.9, 0.8, 1.5, 3.6, 5.0, 4.0, 1.2,   0, 2.0];

/** Mean CT number of each tissue (HU). */
export function hounsfieldUnits(): Float64Array {
  return Float64Array.from(HU);
}

/** Mean activity of each tissue in FDG PET (Bq/ml). */
export function uptakes(): Float64Array {
  return Float64Array.from(UPTAKE, (kilo) => 1000 * kilo);
}

/** Mean signal of each tissue in a spin- or gradient-echo image, 1 being about fat in T1. */
export function signals(contrast: Contrast): Float64Array {
  return Float64Array.from(MR[contrast]);
}
