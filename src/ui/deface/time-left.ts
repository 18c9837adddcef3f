import { texts } from '../texts-work.ts';

const MINUTE = 60_000;

/** Time that is left, no more exact than it is known. */
export function timeLeft(ms: number | null): string {
  const words = texts.queue.time;
  if (ms === null) return words.unknown;
  if (ms < 0.75 * MINUTE) return words.soon;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return words.minutes(minutes < 10 ? minutes : 5 * Math.round(minutes / 5));
  const quarters = Math.round(minutes / 15);
  return words.hours(Math.floor(quarters / 4), 15 * (quarters % 4));
}
