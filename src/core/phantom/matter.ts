/**
 * What lies at a point of the head. Tissues are laid over each other from the skin
 * inwards, each with the share of the voxel that it covers, so that edges are as soft as
 * those of a scanner that averages over a voxel.
 */
import type { Anatomy } from './anatomy.ts';
import { sample, sampleOr } from './field.ts';
import { smoothStep } from './build.ts';
import { Tissue } from './tissue.ts';

/** The voxel that is being filled: made once, used for all. */
export class Mixer {
  /** Mean value of what has been laid so far. */
  value = 0;
  /** What fills most of it. */
  tissue: Tissue = Tissue.air;
  readonly #values: Float64Array;
  /** Width of the scanner's blur (mm). */
  readonly blur: number;

  /** @param values value of each tissue */
  constructor(values: Float64Array, blur: number) {
    this.#values = values;
    this.blur = blur;
  }

  clear(): void {
    this.value = this.#values[Tissue.air] as number;
    this.tissue = Tissue.air;
  }

  /** Covers what is there with a body whose surface lies at this distance (mm, negative inside). */
  lay(what: Tissue, distance: number): void {
    const inside = 0.5 - distance / this.blur;
    if (inside <= 0) return;
    const share = inside < 1 ? inside * inside * (3 - 2 * inside) : 1;
    this.value += share * ((this.#values[what] as number) - this.value);
    if (inside > 0.5) this.tissue = what;
  }
}

/** Smallest distance (mm) to the skin, the finer lattice first. */
export function skinAt(
  anatomy: Pick<Anatomy, 'skin' | 'fineSkin'>,
  x: number,
  y: number,
  z: number,
): number {
  const coarse = sample(anatomy.skin, x, y, z);
  if (coarse > 6 || coarse < -8) return coarse;
  for (const fine of anatomy.fineSkin) {
    const d = sampleOr(fine, x, y, z);
    if (d < 29) return d;
  }
  return coarse;
}

/**
 * Fills the mixer for a point inside the skin, or just outside it.
 *
 * @param skin distance to the skin at the point (mm)
 * @param depth depth under the closed skin (mm)
 */
export function matterAt(
  anatomy: Anatomy,
  mixer: Mixer,
  x: number,
  y: number,
  z: number,
  skin: number,
  depth: number,
): void {
  mixer.clear();
  const inner = sampleOr(anatomy.cavity, x, y, z);
  if (inner >= -mixer.blur) {
    soft(anatomy, mixer, x, y, z, skin, depth);
    hard(anatomy, mixer, x, y, z, skin, depth, inner);
  }
  if (inner < mixer.blur) brain(anatomy, mixer, x, y, z, inner);
}

function soft(
  anatomy: Anatomy,
  mixer: Mixer,
  x: number,
  y: number,
  z: number,
  skin: number,
  depth: number,
): void {
  mixer.lay(Tissue.skin, skin);
  const lean = sampleOr(anatomy.lean, x, y, z);
  const thick = fatThickness(anatomy, y, z) * smoothStep(-3, 7, lean) + 0.4;
  mixer.lay(Tissue.fat, skin + 1.7);
  mixer.lay(Tissue.muscle, 1.7 + thick - depth);
  if (depth < 1) return;
  // Deep in face and neck, fat lies between the muscles.
  if (z < 28)
    mixer.lay(
      Tissue.fat,
      Math.max(Math.abs(sampleOr(anatomy.fascia, x, y, z)) - 0.9, 4 - depth, z - 12),
    );
  mixer.lay(Tissue.fat, Math.max(sampleOr(anatomy.fatPad, x, y, z), 2 - depth));
  const muscle = sampleOr(anatomy.muscle, x, y, z);
  mixer.lay(Tissue.fat, Math.max(Math.abs(muscle - 0.6) - 0.5, 4 - depth));
  mixer.lay(Tissue.muscle, Math.max(muscle, 2.2 - depth));
  mixer.lay(Tissue.gland, Math.max(sampleOr(anatomy.gland, x, y, z), 2.5 - depth));
  const orbit = Math.max(sampleOr(anatomy.orbit, x, y, z), 2.2 + skin);
  if (orbit < 3) {
    mixer.lay(Tissue.fat, orbit);
    if (orbit < 0) mixer.lay(Tissue.muscle, muscle);
  }
  const globe = sampleOr(anatomy.globe, x, y, z);
  if (globe < 2) {
    mixer.lay(Tissue.sclera, globe);
    mixer.lay(Tissue.vitreous, globe + 1.3);
    mixer.lay(Tissue.lens, sampleOr(anatomy.lens, x, y, z));
  }
  mixer.lay(Tissue.sclera, sampleOr(anatomy.nerve, x, y, z));
  mixer.lay(Tissue.cartilage, Math.max(sampleOr(anatomy.cartilage, x, y, z), 1.5 + skin));
  if (depth > 4) mixer.lay(Tissue.vessel, sampleOr(anatomy.vessel, x, y, z));
}

function hard(
  anatomy: Anatomy,
  mixer: Mixer,
  x: number,
  y: number,
  z: number,
  skin: number,
  depth: number,
  inner: number,
): void {
  // The vault is a shell around the cavity, thinner where the temporal muscle lies.
  const temple = smoothStep(40, 62, Math.abs(x)) * (1 - smoothStep(30, 75, z));
  const shell = inner - (z > 0 ? 6.6 - 2.6 * temple : 4.5);
  const cord = sampleOr(anatomy.stem, x, y, z);
  const faceBone = sampleOr(anatomy.bone, x, y, z);
  const hole = z < -12 ? 13 - Math.hypot(x, y - 19) : -FAR_INSIDE;
  const vault = Math.max(shell, hole);
  let bone = Math.min(vault, faceBone);
  const orbit = sampleOr(anatomy.orbit, x, y, z);
  bone = Math.max(bone, 2.6 - depth, -orbit);
  if (bone < 2) {
    mixer.lay(Tissue.bone, bone);
    // The middle of thick bone is spongy.
    const middle = Math.max(Math.abs(shell / 2 + inner / 2) - 1.5, hole);
    const deep = Math.max(faceBone + 2.6, 5.2 - depth);
    mixer.lay(
      Tissue.marrow,
      Math.max(Math.min(Math.max(middle, shell + 1.6, 1.4 - inner), deep), bone + 1.2),
    );
  }
  if (z < -20 && cord < 5) {
    mixer.lay(Tissue.csf, Math.max(cord - 3, z + 20));
    mixer.lay(Tissue.white, cord);
  }
  const tooth = sampleOr(anatomy.tooth, x, y, z);
  if (tooth < 2) mixer.lay(Tissue.tooth, Math.max(tooth, 3 + skin));
  const air = Math.min(
    Math.max(sampleOr(anatomy.air, x, y, z), 3 + skin),
    sampleOr(anatomy.opening, x, y, z),
  );
  if (air < 3) {
    const open = Math.max(air, 0.8 - Math.max(inner, 0));
    mixer.lay(Tissue.mucosa, Math.max(open - 1.3, skin + 1));
    mixer.lay(Tissue.innerAir, open);
  }
}

const FAR_INSIDE = 99;

function brain(
  anatomy: Anatomy,
  mixer: Mixer,
  x: number,
  y: number,
  z: number,
  inner: number,
): void {
  mixer.lay(Tissue.csf, inner);
  const hull = inner + 2.6;
  if (hull > 2) return;
  const tent = sampleOr(anatomy.tent, x, y, z);
  // Cerebellum: thin folds around a white tree.
  const small = Math.max(sampleOr(anatomy.cerebellum, x, y, z), hull, tent + 1.6);
  if (small < 1) {
    const r = Math.hypot(x * 0.6, y - 22, z - 12);
    const leaf = Math.abs(((r / 4.6) % 1) - 0.5) * 4.6 - 0.45;
    mixer.lay(Tissue.gray, Math.max(small, -Math.max(leaf, -small - 9)));
    const stalk = Math.max(small + 9 - 4 * Math.abs(Math.sin(r * 0.55 + x * 0.05)), small + 3);
    mixer.lay(Tissue.white, stalk);
  }
  cerebrum(anatomy, mixer, x, y, z, hull, tent);
  mixer.lay(Tissue.white, Math.max(sampleOr(anatomy.stem, x, y, z), inner + 1));
  mixer.lay(Tissue.csf, Math.max(sampleOr(anatomy.ventricle, x, y, z), inner + 2));
  // Falx and tent.
  const falx = Math.max(Math.abs(x) - 0.5, -sampleOr(anatomy.limbic, x, y, z) + 5, -tent);
  mixer.lay(Tissue.dura, Math.max(falx, inner));
  mixer.lay(Tissue.dura, Math.max(Math.abs(tent) - 0.5, inner, 24 - y));
  mixer.lay(Tissue.vessel, Math.max(sampleOr(anatomy.vessel, x, y, z), inner - 1));
}

function cerebrum(
  anatomy: Anatomy,
  mixer: Mixer,
  x: number,
  y: number,
  z: number,
  hull: number,
  tent: number,
): void {
  const cistern = sampleOr(anatomy.cistern, x, y, z);
  const limbic = sample(anatomy.limbic, x, y, z);
  const large = Math.max(hull, -cistern, 1.6 - tent);
  if (large > 1) return;
  // A sulcus is a sheet where the fold field is 0, down to some depth under the hull.
  const fold = Math.abs(sample(anatomy.folds, x, y, z));
  const depth =
    17 +
    3 * Math.sin(x * 0.17 + 1) +
    3 * Math.sin(y * 0.13 + z * 0.15) +
    2.5 * Math.sin(z * 0.23 - y * 0.11);
  const surface = Math.max(large, 3 - Math.abs(x) - 30 * Math.max(0, -limbic / 30));
  const sulcus = Math.max(fold - 0.55, -surface - depth);
  const fissure = Math.max(Math.abs(x + 0.8 * Math.sin(y * 0.05)) - 1.1, -limbic);
  const pia = Math.max(large, -sulcus, -fissure);
  mixer.lay(Tissue.gray, pia);
  mixer.lay(Tissue.white, pia + 2.9);
  const callosum = sampleOr(anatomy.callosum, x, y, z);
  mixer.lay(Tissue.white, callosum);
  mixer.lay(Tissue.nucleus, sampleOr(anatomy.nucleus, x, y, z));
}

/** Thickness (mm) of the fat under the skin: scalp, forehead, face, neck. */
function fatThickness({ identity }: Anatomy, y: number, z: number): number {
  const face = (1 - smoothStep(10, 50, z)) * (1 - smoothStep(-40, 0, y));
  const neck = 1 - smoothStep(-80, -30, z);
  return identity.fat * (2.6 + 3.4 * face + 2.5 * neck * (1 - face));
}
