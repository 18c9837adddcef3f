/** What a head is drawn of: skin, and where it is asked for what was removed and the brain. */
import type { Side } from './slice-engine.ts';
import type { SkinLayer } from './skin-mesh.ts';
import type { Skins } from './skins.svelte.ts';
import { tokenColor } from './tokens.ts';

const VEIL = 0.35;
/** What was removed is seen with what it leaves. */
const REMOVED = 0.6;

export function layersOf(skins: Skins, side: Side, showsMarks: boolean): readonly SkinLayer[] {
  const layers: SkinLayer[] = [
    {
      mesh: skins[side],
      color: tokenColor('--skin'),
      marked: showsMarks ? tokenColor('--removed') : null,
      opacity: skins.showsBrain ? VEIL : 1,
    },
  ];
  if (skins.showsBrain) {
    layers.push({
      mesh: skins.brain,
      color: tokenColor('--guarded'),
      marked: null,
      opacity: 1,
    });
  }
  // Before, it is in its place: the skin is marked there.
  if (skins.showsRemoved && side === 'after') {
    layers.push({
      mesh: skins.removed,
      color: tokenColor('--removed'),
      marked: null,
      opacity: REMOVED,
    });
  }
  return layers;
}
