import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { askSecret } from '../../../src/cli/ask-secret.ts';

/** A terminal that can be typed into; `raw` is whether it shows what is typed. */
function keyboard() {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    setRawMode: (on: boolean) => {
      raw.push(on);
      return input;
    },
  });
  return { input: input as unknown as ReadStream, type: (text: string) => input.write(text), raw };
}

describe('a secret line', () => {
  test('is read key by key, corrected, and never shown', async () => {
    const { input, type, raw } = keyboard();
    let shown = '';
    const answer = askSecret('Passphrase: ', input, (text) => {
      shown += text;
    });
    type('cot\x7frrect');
    type(' horse\r');

    expect(await answer).toBe('correct horse');
    expect(shown).toBe('Passphrase: \n');
    expect(raw).toEqual([true, false]);
  });

  test('can be given up with Ctrl+C', async () => {
    const { input, type, raw } = keyboard();
    const answer = askSecret('Passphrase: ', input, () => undefined);
    type('corr\x03');

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(raw.at(-1)).toBe(false);
  });
});
