import type { ErrorDetails } from './error-reasons.ts';

/**
 * Puts details into a text, `?` where one is missing.
 *
 * @param say how the value of a name is said
 */
export function fill(
  text: string,
  details: ErrorDetails,
  say: (value: string | number, name: string) => string = String,
): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    return value === undefined ? '?' : say(value, name);
  });
}

/** A figure with the decimal mark of a language; anything else as it is. */
export function withMark(value: string | number, mark: string): string {
  const text = String(value);
  return /^\d+\.\d+$/.test(text) ? text.replace('.', mark) : text;
}
