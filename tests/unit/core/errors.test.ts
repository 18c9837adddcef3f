import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorPage } from '../../../scripts/error-page.ts';
import { EffaceError, errorCodes, explain } from '../../../src/core/errors.ts';

describe('the catalogue of errors', () => {
  test.each(errorCodes())('%s says what, why and what to do in whole sentences', (code) => {
    const { what, why, todo } = explain(code, { reason: 'brain/pieces' });
    for (const sentence of [what, why, todo]) expect(sentence).toMatch(/^[A-Z].*\.$/s);
  });

  test('fills in numbers and nothing else', () => {
    const error = new EffaceError('geometry/too-few-slices', { slices: 3, name: 'DOE^JANE' });
    expect(error.message).toContain('3');
    expect(error.message).not.toContain('DOE');
  });

  test('is what docs/errors.md says (npm run docs:errors)', () => {
    expect(existsSync('docs/errors.md')).toBe(true);
    expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorPage());
  });
});
