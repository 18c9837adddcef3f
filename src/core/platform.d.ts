/**
 * The handful of globals that pages, workers and Node share. The core is compiled
 * without DOM and Node types, so anything not declared here is a compile error.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
declare const performance: { now(): number };
declare function setTimeout(handler: () => void, ms?: number): unknown;
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
