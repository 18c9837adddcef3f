/**
 * What the page remembers of a person's way of working: what is removed and how, what stays in
 * the header, how pictures are shown. Never a key, and nothing of a scan. That a header stays as
 * it is (`none`) is not remembered: who wants that says so each time.
 */
import {
  DEPTHS,
  METHODS,
  REGIONS,
  type Depth,
  type MethodId,
  type Region,
} from '../../core/deface/options.ts';
import { DEID_OPTIONS, type DeidOption } from '../../core/deidentify/options.ts';
import type { Modality } from '../../core/volume/volume.ts';
import type { LinkedView } from '../view/linked-view.svelte.ts';
import { MASK_STYLES, type MaskStyle } from '../view/mask-style.ts';
import type { PresetId } from '../view/presets.ts';
import type { Choices } from './choices.svelte.ts';

const KEY = 'efface-habits';

interface Habits {
  readonly regions?: readonly Region[];
  readonly depth?: Depth;
  readonly method?: MethodId;
  readonly deidOptions?: readonly DeidOption[];
  readonly mask?: MaskStyle;
  readonly windows?: Readonly<Partial<Record<Modality, PresetId>>>;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export class Remembered {
  readonly #storage: Store | null;

  constructor(storage: Store | null) {
    this.#storage = storage;
  }

  /** Puts what was chosen at the last visit into the choices of this one. */
  restore(choices: Choices): void {
    const { regions, depth, method, deidOptions } = this.#read();
    const known = REGIONS.filter((one) => regions?.includes(one));
    if (known.length > 0) choices.regions = known;
    if (depth && DEPTHS.includes(depth)) choices.depth = depth;
    if (method && METHODS.includes(method)) choices.method = method;
    const options = DEID_OPTIONS.filter((one) => deidOptions?.includes(one));
    if (options.length > 0) choices.deidentification = { profile: 'basic', options };
  }

  /** Keeps what is chosen now, where it is not what was kept. */
  keep({ regions, depth, method, deidentification }: Choices): void {
    const { profile, options } = deidentification;
    this.#write({
      regions,
      depth,
      method,
      ...(profile === 'basic' ? { deidOptions: options } : {}),
    });
  }

  /** Pictures as they were shown last. */
  restoreView(view: LinkedView, modality: Modality): void {
    const { mask, windows } = this.#read();
    if (mask && MASK_STYLES.includes(mask)) view.mask = mask;
    const preset = view.presets.findIndex(({ id }) => id === windows?.[modality]);
    if (preset >= 0) view.choosePreset(preset);
  }

  keepView(view: LinkedView, modality: Modality): void {
    const windows = this.#read().windows ?? {};
    const { preset } = view;
    this.#write({
      mask: view.mask,
      ...(preset ? { windows: { ...windows, [modality]: preset.id } } : {}),
    });
  }

  #read(): Habits {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? kept : {};
    } catch {
      return {};
    }
  }

  #write(habits: Habits): void {
    const before = this.#read();
    const now = JSON.stringify({ ...before, ...habits });
    if (now === JSON.stringify(before)) return;
    try {
      this.#storage?.setItem(KEY, now);
    } catch {
      // Storage may be full or forbidden; the choice then lasts as long as the tab.
    }
  }
}

/** One for the page. */
export const remembered = new Remembered(typeof localStorage === 'undefined' ? null : localStorage);
