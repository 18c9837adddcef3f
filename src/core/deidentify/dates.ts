/** Dates, times and ages as DICOM writes them (PS3.5 §6.2), shifted or held against their shape. */

const DAY_MS = 86_400_000;
/** DA; with points as ACR-NEMA wrote it, with dashes as some systems do. */
const DATE = /^(\d{4})([.-]?)(\d{2})\2(\d{2})$/;
const TIME = /^\d{2}(:?\d{2}(:?\d{2}(\.\d{1,6})?)?)?$/;
/** DT from a whole day on: date, then time and zone. */
const DATE_TIME =
  /^(\d{4})(\d{2})(\d{2})((?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?(?:[+-]\d{4})?)$/;
const PARTIAL_DATE_TIME = /^\d{4}(\d{2})?([+-]\d{4})?$/;

export type TemporalVr = 'DA' | 'TM' | 'DT';

export function isTemporal(vr: string): vr is TemporalVr {
  return vr === 'DA' || vr === 'TM' || vr === 'DT';
}

/** Whether one value is a date or time in a form that may stay as it is. */
export function isLegal(value: string, vr: TemporalVr): boolean {
  if (value === '') return true;
  if (vr === 'TM') return TIME.test(value);
  if (vr === 'DA') return shiftDay(value, DATE, 0) !== '';
  return PARTIAL_DATE_TIME.test(value) || shiftDay(value, DATE_TIME, 0) !== '';
}

/**
 * One value moved by whole days; the time of day and the zone stay. What cannot be moved
 * (no such day, only a year, a range) becomes empty.
 */
export function shifted(value: string, vr: TemporalVr, days: number): string {
  if (vr === 'TM') return TIME.test(value) ? value : '';
  return shiftDay(value, vr === 'DA' ? DATE : DATE_TIME, days);
}

function shiftDay(value: string, form: RegExp, days: number): string {
  const [, year = '', second = '', third = '', fourth = ''] = form.exec(value) ?? [];
  if (Number(year) < 1000) return '';
  // A date has its separator where a date with time has the month.
  const isDate = form === DATE;
  const [separator, month, day, rest] = isDate
    ? [second, third, fourth, '']
    : ['', second, third, fourth];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const found = new Date(at);
  if (found.getUTCMonth() !== Number(month) - 1 || found.getUTCDate() !== Number(day)) return '';
  const [moved = ''] = new Date(at + days * DAY_MS).toISOString().split('T');
  return moved.replaceAll('-', separator) + rest;
}

/** Age above which people are pooled (years). */
const OLDEST = 89;
const PER_YEAR: Readonly<Record<string, number>> = { D: 365.25, W: 52.18, M: 12, Y: 1 };

/** AS with ages over 89 years pooled as `090Y`; null where it is no age. */
export function pooledAge(value: string): string | null {
  const [, number, unit = ''] = /^(\d{3})([DWMY])$/.exec(value) ?? [];
  const perYear = PER_YEAR[unit];
  if (number === undefined || perYear === undefined) return null;
  return Math.floor(Number(number) / perYear) > OLDEST ? '090Y' : value;
}
