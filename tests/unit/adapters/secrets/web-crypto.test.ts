import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../../../../src/adapters/secrets/web-crypto.ts';

describe('createSecrets', () => {
  test('computes the HMAC-SHA-256 that others compute', async () => {
    const key = Uint8Array.from({ length: 32 }, (_, n) => n);
    const secrets = await createSecrets(key);

    expect(Buffer.from(await secrets.hmacSha256('1.2.3'))).toEqual(
      createHmac('sha256', key).update('1.2.3').digest(),
    );
  });

  test('makes another key each time when none is given', async () => {
    const [a, b] = [await createSecrets(), await createSecrets()];

    expect(await a.hmacSha256('x')).not.toEqual(await b.hmacSha256('x'));
  });
});
