import { expect, test } from 'vitest';
import { hostingFiles } from '../../../scripts/hosting.ts';
import { SECURITY_HEADERS } from '../../../src/cli/headers.ts';

const files = hostingFiles('1.2.3');

test.each(['_headers', '.htaccess', 'nginx.conf.example'])(
  '%s sets every header the page is served with here',
  (name) => {
    for (const [header, value] of Object.entries(SECURITY_HEADERS)) {
      const line = (files[name] ?? '').split('\n').filter((one) => one.includes(header));
      // nginx forgets those outside a location as soon as the location sets one.
      expect(line.length, header).toBe(name === 'nginx.conf.example' ? 2 : 1);
      for (const one of line) expect(one).toContain(value);
    }
  },
);

test('the service worker and the page are asked for again, assets are not', () => {
  expect(files['_headers']).toMatch(
    /\n\/service-worker\.js\n {2}Cache-Control: no-cache\n\/assets\/\*\n {2}.*immutable\n$/,
  );
});

test('it says what is less without them', () => {
  expect(files['HOSTING.txt']).toMatch(/Efface 1\.2\.3.*no shared memory.*Everything works\./s);
});
