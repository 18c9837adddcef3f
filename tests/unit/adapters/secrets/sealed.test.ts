import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seal, unseal } from '../../../../src/adapters/secrets/sealed.ts';

const TEXT = 'patient,,Wernicke,EFF-1,\r\n';

describe('a sealed text', () => {
  test('opens with its passphrase, and never seals twice to the same', async () => {
    const one = await seal(TEXT, 'correct horse', 1000);

    expect(one).not.toContain('Wernicke');
    expect(await unseal(one, 'correct horse')).toBe(TEXT);
    expect(await seal(TEXT, 'correct horse', 1000)).not.toBe(one);
  });

  test('can be opened by other programs, from what the file says', async () => {
    const file = JSON.parse(await seal(TEXT, 'correct horse')) as Record<string, string> & {
      iterations: number;
    };
    const bytes = (name: string): Buffer => Buffer.from(file[name] ?? '', 'base64');
    const key = pbkdf2Sync('correct horse', bytes('salt'), file.iterations, 32, 'sha256');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes('iv'));
    decipher.setAAD(Buffer.from(file['schema'] ?? ''));
    decipher.setAuthTag(bytes('data').subarray(-16));

    expect(file.iterations).toBeGreaterThanOrEqual(600_000);
    expect(
      decipher.update(bytes('data').subarray(0, -16)).toString() + decipher.final('utf8'),
    ).toBe(TEXT);
  });

  test('does not open with another passphrase, nor if a byte was changed', async () => {
    const file = await seal(TEXT, 'correct horse', 1000);
    const changed = file.replace(
      /"data": "(.)/,
      (_, first: string) => `"data": "${first === 'A' ? 'B' : 'A'}`,
    );

    for (const [sealed, passphrase] of [
      [file, 'wrong horse'],
      [changed, 'correct horse'],
    ] as const) {
      await expect(unseal(sealed, passphrase)).rejects.toMatchObject({
        code: 'crosswalk/passphrase',
      });
    }
  });

  test.each(['', 'kind,issuer', '{}', '{"schema":"efface-crosswalk/1","iterations":1e99}'])(
    'is not taken for one: %s',
    async (file) => {
      await expect(unseal(file, 'x')).rejects.toMatchObject({ code: 'crosswalk/damaged' });
    },
  );
});
