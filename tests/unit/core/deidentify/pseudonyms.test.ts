import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPseudonyms } from '../../../../src/core/deidentify/pseudonyms.ts';
import { hmacWith } from '../../../support/secrets.ts';

const uid = fc
  .array(fc.integer({ min: 0, max: 999_999 }), { minLength: 3, maxLength: 8 })
  .map((parts) => `1.3.${parts.join('.')}`);

describe('the map of UIDs', () => {
  test('gives different UIDs different replacements', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(uid, { minLength: 2, maxLength: 20 }), async (uids) => {
        const pseudonyms = createPseudonyms(hmacWith('key'));
        const mapped = await Promise.all(uids.map((one) => pseudonyms.uid(one)));

        expect(new Set(mapped).size).toBe(uids.length);
      }),
    );
  });

  test('gives its own results back as they are, also in another run with the same key', async () => {
    await fc.assert(
      fc.asyncProperty(uid, async (one) => {
        const mapped = await createPseudonyms(hmacWith('key')).uid(one);

        expect(await createPseudonyms(hmacWith('key')).uid(mapped)).toBe(mapped);
      }),
    );
  });

  test('maps what another key made', async () => {
    const mapped = await createPseudonyms(hmacWith('one')).uid('1.2.3.4');

    expect(await createPseudonyms(hmacWith('two')).uid(mapped)).not.toBe(mapped);
  });

  test('gives valid UIDs under 2.25', async () => {
    await fc.assert(
      fc.asyncProperty(uid, async (one) => {
        const mapped = await createPseudonyms(hmacWith('key')).uid(one);

        expect(mapped).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(mapped.length).toBeLessThanOrEqual(64);
      }),
    );
  });

  test('leaves UIDs of the standard, but not text that only begins like one', async () => {
    const pseudonyms = createPseudonyms(hmacWith('key'));

    expect(await pseudonyms.uid('1.2.840.10008.5.1.4.1.1.2')).toBe('1.2.840.10008.5.1.4.1.1.2');
    expect(await pseudonyms.uid('1.2.840.10008.JANE')).toMatch(/^2\.25\./);
    expect(await pseudonyms.uid('1.2.840.100081.5')).toMatch(/^2\.25\./);
  });

  test('does not see the padding of a UID', async () => {
    const pseudonyms = createPseudonyms(hmacWith('key'));

    expect(await pseudonyms.uid('1.2.3\0')).toBe(await pseudonyms.uid('1.2.3'));
    expect(await pseudonyms.uid('1.2.3 ')).toBe(await pseudonyms.uid('1.2.3'));
    expect(await pseudonyms.uid('')).toBe('');
  });
});

describe('the pseudonym of a patient', () => {
  const of = (id: string, issuer = '', name = ''): Promise<string> =>
    createPseudonyms(hmacWith('key')).patient({ id, issuer, name });

  test('is one for one ID, and another for the same ID of another issuer', async () => {
    expect(await of('17')).toBe(await of('17 '));
    expect(await of('17')).not.toBe(await of('17', 'clinic'));
    expect(await of('17')).not.toBe(await of('18'));
  });

  test('goes by the name where there is no ID', async () => {
    expect(await of('', '', 'A')).not.toBe(await of('', '', 'B'));
  });

  test('changes with the key', async () => {
    const other = createPseudonyms(hmacWith('other'));

    expect(await other.patient({ id: '17', issuer: '', name: '' })).not.toBe(await of('17'));
  });
});
