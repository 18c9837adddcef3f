import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLegal, pooledAge, shifted } from '../../../../src/core/deidentify/dates.ts';

const day = fc
  .integer({ min: 0, max: 60_000 })
  .map((n) => new Date(Date.UTC(1900, 0, 1 + n)).toISOString().slice(0, 10).replaceAll('-', ''));

describe('dates', () => {
  test('moved there and back are what they were', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -3650, max: -365 }), (date, days) => {
        const moved = shifted(date, 'DA', days);

        expect(moved).not.toBe(date);
        expect(isLegal(moved, 'DA')).toBe(true);
        expect(shifted(moved, 'DA', -days)).toBe(date);
        expect(shifted(`${date}1011+0230`, 'DT', days)).toBe(`${moved}1011+0230`);
      }),
    );
  });

  test.each(['2014', '201403', '20140230', '00010101', 'March', '20140310-', ''])(
    '%s cannot be moved by days and becomes empty',
    (value) => {
      expect(shifted(value, 'DT', -7)).toBe('');
      expect(shifted(value, 'DA', -7)).toBe('');
    },
  );

  test.each([
    ['089Y', '089Y'],
    ['090Y', '090Y'],
    ['104Y', '090Y'],
    ['012M', '012M'],
    ['young', null],
    ['91', null],
  ])('the age %s becomes %s', (age, pooled) => {
    expect(pooledAge(age)).toBe(pooled);
  });
});
