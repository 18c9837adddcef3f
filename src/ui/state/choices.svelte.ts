import {
  DEFAULT_DEFACE,
  REGIONS,
  type DefaceOptions,
  type Depth,
  type MethodId,
  type Region,
} from '../../core/deface/options.ts';
import { BASIC, type DeidentificationOptions } from '../../core/deidentify/options.ts';

/** What the person chose to have done. */
export class Choices {
  regions = $state.raw<readonly Region[]>(DEFAULT_DEFACE.regions);
  depth = $state<Depth>(DEFAULT_DEFACE.depth);
  method = $state<MethodId>(DEFAULT_DEFACE.method);
  deidentification = $state.raw<DeidentificationOptions>(BASIC);
  mask = $state(false);

  readonly deface: DefaceOptions = $derived({
    regions: this.regions,
    depth: this.depth,
    method: this.method,
  });

  setRegion(region: Region, wanted: boolean): void {
    this.regions = REGIONS.filter((one) => (one === region ? wanted : this.regions.includes(one)));
  }
}
