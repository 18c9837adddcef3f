/** What only PET objects have (PS3.3 C.8.9): series, isotope, image; of FDG, corrected to the start. */
import { attribute, type Attribute } from '../dicom/new-file.ts';
import { rescaleOf, type Volume } from '../volume/volume.ts';
import type { Persona } from './persona.ts';

/** Half-life of fluorine 18, and how long one bed position is looked at (s). */
const HALF_LIFE_S = 6586.2;
const FRAME_S = 600;

/** @param k slice of the volume, which has a rescale for each */
export function petModules(volume: Volume, k: number, p: Persona): readonly Attribute[] {
  const { slope, intercept } = rescaleOf(volume, k);
  return [
    attribute(0x00080008, 'CS', 'ORIGINAL\\PRIMARY'),
    attribute(0x00080022, 'DA', p.studyDate),
    attribute(0x00080032, 'TM', p.studyTime),
    attribute(0x00181181, 'CS', 'NONE'),
    attribute(0x00181242, 'IS', String(1000 * FRAME_S)),
    attribute(0x00280051, 'CS', 'DECY\\ATTN\\SCAT\\DTIM\\RAN\\NORM'),
    attribute(0x00281052, 'DS', decimal(intercept)),
    attribute(0x00281053, 'DS', decimal(slope)),
    attribute(0x00540016, 'SQ', [radiopharmaceutical(p)]),
    attribute(0x00540081, 'US', [volume.grid.size[2]]),
    attribute(0x00540410, 'SQ', [code('102538003', 'SCT', 'recumbent')]),
    attribute(0x00540414, 'SQ', [code('102540008', 'SCT', 'headfirst')]),
    attribute(0x00541000, 'CS', 'STATIC\\IMAGE'),
    attribute(0x00541001, 'CS', 'BQML'),
    attribute(0x00541002, 'CS', 'EMISSION'),
    attribute(0x00541100, 'CS', 'DLYD'),
    attribute(0x00541101, 'LO', 'measured,CT'),
    attribute(0x00541102, 'CS', 'START'),
    attribute(0x00541103, 'LO', 'OSEM 4i 16s'),
    attribute(0x00541105, 'LO', 'Model-based'),
    attribute(0x00541300, 'DS', decimal(500 * FRAME_S)),
    attribute(0x00541321, 'DS', decimal(decayFactor())),
    attribute(0x00541330, 'US', [k + 1]),
  ];
}

/** Of FDG, injected an hour before (the persona's time is in the morning). */
function radiopharmaceutical({ studyDate, studyTime }: Persona): readonly Attribute[] {
  const injected = `${String(Number(studyTime.slice(0, 2)) - 1).padStart(2, '0')}${studyTime.slice(2)}`;
  return [
    attribute(0x00180031, 'LO', 'Fluorodeoxyglucose'),
    attribute(0x00181072, 'TM', injected),
    attribute(0x00181074, 'DS', '185000000'),
    attribute(0x00181075, 'DS', String(HALF_LIFE_S)),
    attribute(0x00181076, 'DS', '0.967'),
    attribute(0x00181078, 'DT', `${studyDate}${injected}`),
    attribute(0x00540300, 'SQ', [code('C-111A1', 'SRT', '^18^Fluorine')]),
    attribute(0x00540304, 'SQ', [code('C-B1031', 'SRT', 'Fluorodeoxyglucose F^18^')]),
  ];
}

/** What the decay during the frame took, given back (PS3.3 C.8.9.4.1.5). */
function decayFactor(): number {
  const spent = (Math.LN2 * FRAME_S) / HALF_LIFE_S;
  return spent / (1 - Math.exp(-spent));
}

function code(value: string, scheme: string, meaning: string): readonly Attribute[] {
  return [
    attribute(0x00080100, 'SH', value),
    attribute(0x00080102, 'SH', scheme),
    attribute(0x00080104, 'LO', meaning),
  ];
}

/** A DS of at most 16 characters (PS3.5 §6.2). */
export function decimal(value: number): string {
  return String(Number(value.toFixed(8))).slice(0, 16);
}
