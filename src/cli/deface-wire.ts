/** What goes between the command and the processes that work for it (`--jobs`). */
import type { Visiting } from '../app/visit-heads.ts';
import type { FaceSegmenter } from '../app/ports.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { Progress } from '../core/progress.ts';
import type { Volume } from '../core/volume/volume.ts';

export interface DefaceTask {
  readonly scan: Visiting;
  readonly volume: Volume;
  readonly options: SeededOptions;
}

export type FromChild =
  | {
      readonly kind: 'ready';
      readonly model: FaceSegmenter['model'];
      readonly backend: string;
    }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** `encodeResult`, without labels where it can be written without. */
  | { readonly kind: 'done'; readonly result: Uint8Array<ArrayBuffer> }
  /** Of the scan; before `ready`, of the network. */
  | { readonly kind: 'failed'; readonly record: ErrorRecord };
