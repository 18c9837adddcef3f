import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGzipper } from '../../../../src/core/nifti/gzip.ts';

test.each([
  ['short', 1],
  ['long', 40],
])(
  'what is packed can be unpacked, whatever it begins with and however it comes: %s',
  (_, times) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 0, 3, 31), { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 1, max: 40_000 }),
        (pattern, step) => {
          const bytes = Uint8Array.from(Array.from({ length: times }, () => pattern).flat());
          const gzipper = createGzipper();
          gzipper.push(new Uint8Array(0));
          for (let at = 0; at < bytes.length; at += step)
            gzipper.push(bytes.subarray(at, at + step));
          expect(Buffer.compare(gunzipSync(gzipper.end()), bytes)).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  },
);

test.each([32_767, 32_768, 32_769, 65_536, 3_000_000])('%i bytes come back', (length) => {
  const bytes = Uint8Array.from({ length }, (_, v) => (v % 5 ? 0 : (v * v) % 7));
  const gzipper = createGzipper();
  gzipper.push(bytes);
  expect(Buffer.compare(gunzipSync(gzipper.end()), bytes)).toBe(0);
});

test('nothing makes an empty member', () => {
  expect(gunzipSync(createGzipper().end())).toHaveLength(0);
});
