/**
 * What someone who helps from afar has to know of a browser, as a block of text to copy.
 * Nothing of a scan is in it, and no name of the machine. Always in English: it is for us.
 */
import type { Stage } from '../../core/progress.ts';
import { graphics } from '../view/graphics.ts';

export interface Known {
  readonly version: string;
  readonly language: string;
  /** What the network ran on last; null before it ran. */
  readonly backend: string | null;
  /** Of the last removal. */
  readonly times: readonly (readonly [Stage, number])[];
}

/** Chrome tells of its heap, and others not. */
interface Memory {
  readonly usedJSHeapSize: number;
  readonly jsHeapSizeLimit: number;
}

const MB = 1e6;

export function diagnosticsText({ version, language, backend, times }: Known): string {
  const { kind, renderer, largestTexture } = graphics();
  const { memory } = performance as Performance & { readonly memory?: Memory };
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  const lines: readonly (readonly [string, string])[] = [
    ['Efface', `${version}, ${language}`],
    ['Browser', navigator.userAgent],
    ['Graphics', kind === 'none' ? 'no WebGL 2' : `${renderer} (${kind})`],
    ['Largest 3-D texture', String(largestTexture)],
    ['WebGPU', 'gpu' in navigator ? 'offered' : 'no'],
    ['Network ran on', backend ?? 'not yet'],
    ['crossOriginIsolated', String(globalThis.crossOriginIsolated)],
    ['Processor cores', String(navigator.hardwareConcurrency)],
    ['Memory', deviceMemory ? `${String(deviceMemory)} GB or more` : 'not told'],
    [
      'JavaScript heap',
      memory
        ? `${mb(memory.usedJSHeapSize)} of at most ${mb(memory.jsHeapSizeLimit)} MB`
        : 'not told',
    ],
    ['Window', `${String(innerWidth)} × ${String(innerHeight)} at ${String(devicePixelRatio)}`],
    ['Works offline', isOffline() ? 'yes' : 'not now'],
    [
      'Last removal',
      times.map(([stage, ms]) => `${stage} ${ms.toFixed(0)} ms`).join(', ') || 'none',
    ],
  ];
  return lines.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** Where the page is not served safely there is no such thing. */
function isOffline(): boolean {
  const { serviceWorker } = navigator as Partial<Navigator>;
  return Boolean(serviceWorker?.controller);
}

function mb(bytes: number): string {
  return (bytes / MB).toFixed(0);
}
