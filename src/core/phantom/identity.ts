/** Who the head is: some thirty numbers drawn from the seed. */
import { createRandom } from '../random.ts';

/** Scales are around 1; all else is millimetres (degrees where the name says so) around 0. */
export interface Identity {
  readonly skullWidth: number;
  readonly skullLength: number;
  readonly skullHeight: number;
  readonly faceWidth: number;
  readonly faceHeight: number;
  readonly foreheadSlope: number;
  readonly browForward: number;
  readonly browHeight: number;
  readonly eyeDistance: number;
  readonly eyeDepth: number;
  readonly eyeHeight: number;
  readonly noseLength: number;
  readonly noseWidth: number;
  readonly noseForward: number;
  readonly noseHump: number;
  readonly noseTip: number;
  readonly cheekForward: number;
  readonly cheekWide: number;
  readonly cheekFull: number;
  readonly mouthWidth: number;
  readonly lipFull: number;
  readonly lipForward: number;
  readonly chinForward: number;
  readonly chinDrop: number;
  readonly chinWidth: number;
  readonly jawWide: number;
  readonly earSize: number;
  readonly earAngleDeg: number;
  readonly earTiltDeg: number;
  readonly earHeight: number;
  readonly lobe: number;
  readonly neckWide: number;
  readonly larynx: number;
  /** Share of the mean thickness of fat under the skin. */
  readonly fat: number;
  /** Share of the mean size of the ventricles. */
  readonly ventricles: number;
}

/** Draws a person; the same seed gives the same person. */
export function drawIdentity(seed: number): Identity {
  const random = createRandom(seed * 2654435761 + 97);
  for (let n = 0; n < 8; n++) random.uniform();
  return identityOf((mean, sd) => mean + sd * Math.max(-2.2, Math.min(2.2, random.normal())));
}

export const AGES = ['child', 'adult', 'old'] as const;
export type Age = (typeof AGES)[number];

/**
 * The same person as a child of some six years (the skull nearly grown, the face short and low
 * behind it) or in old age (wider ventricles, less fat, longer ears and nose, thinner lips).
 */
export function agedIdentity(id: Identity, age: Age): Identity {
  if (age === 'adult') return id;
  if (age === 'old') {
    return {
      ...id,
      fat: 0.72 * id.fat,
      ventricles: 1.7 * id.ventricles,
      earSize: 1.1 * id.earSize,
      lobe: id.lobe + 1.5,
      noseLength: id.noseLength + 1.5,
      noseTip: id.noseTip - 1.5,
      lipFull: id.lipFull - 0.9,
      cheekFull: id.cheekFull - 2.5,
      larynx: id.larynx + 1,
    };
  }
  return {
    ...id,
    skullWidth: 0.95 * id.skullWidth,
    skullLength: 0.94 * id.skullLength,
    skullHeight: 0.95 * id.skullHeight,
    faceWidth: 0.9 * id.faceWidth,
    faceHeight: 0.84 * id.faceHeight,
    foreheadSlope: id.foreheadSlope + 3,
    browForward: id.browForward - 1.5,
    eyeDistance: id.eyeDistance - 2,
    noseLength: id.noseLength - 4,
    noseForward: id.noseForward - 4,
    noseHump: Math.min(0, id.noseHump),
    cheekFull: id.cheekFull + 2,
    mouthWidth: id.mouthWidth - 3,
    chinForward: id.chinForward - 2.5,
    chinDrop: id.chinDrop - 2.5,
    jawWide: id.jawWide - 3,
    earSize: 0.92 * id.earSize,
    neckWide: id.neckWide - 7,
    larynx: -2,
    ventricles: 0.8 * id.ventricles,
  };
}

/** The middle of the population: nobody. */
export function averageIdentity(): Identity {
  return identityOf((mean) => mean);
}

function identityOf(around: (mean: number, sd: number) => number): Identity {
  // One size for all, as tall people are larger in every direction.
  const size = around(0.985, 0.018);
  return {
    skullWidth: size * around(1, 0.018),
    skullLength: size * around(1, 0.018),
    skullHeight: size * around(1, 0.018),
    faceWidth: size * around(1, 0.018),
    faceHeight: size * around(1, 0.03),
    foreheadSlope: around(0, 3),
    browForward: around(0, 1.3),
    browHeight: around(0, 1.3),
    eyeDistance: around(0, 1.5),
    eyeDepth: around(0, 1.2),
    eyeHeight: around(0, 1.2),
    noseLength: around(0, 2.4),
    noseWidth: around(0, 1.6),
    noseForward: around(0, 2.4),
    noseHump: around(0.6, 1.3),
    noseTip: around(0, 1.8),
    cheekForward: around(0, 2),
    cheekWide: around(0, 1.6),
    cheekFull: around(0, 2),
    mouthWidth: around(0, 2.4),
    lipFull: around(0, 0.9),
    lipForward: around(0, 1.3),
    chinForward: around(0, 2.6),
    chinDrop: around(0, 2.2),
    chinWidth: around(0, 2.2),
    jawWide: around(0, 2.6),
    earSize: around(1, 0.06),
    earAngleDeg: around(26, 6),
    earTiltDeg: around(14, 5),
    earHeight: around(0, 2),
    lobe: around(0, 1.3),
    neckWide: around(0, 4),
    larynx: around(0, 1.6),
    fat: around(1, 0.22),
    ventricles: around(1, 0.16),
  };
}
