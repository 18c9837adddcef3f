/** How many are named within each rank, as a drawing (SVG): one line a cut, luck dashed. */
import type { Recognition } from './summary.ts';

const SIZE = { width: 860, height: 420 } as const;
const FIELD = { left: 58, top: 44, width: 440, height: 312 } as const;
/** Colours that the colour-blind tell apart (Okabe and Ito), each with a stroke of its own. */
const STROKES: readonly (readonly [string, string])[] = [
  ['#000000', ''],
  ['#0072b2', ''],
  ['#d55e00', ''],
  ['#009e73', ''],
  ['#cc79a7', '8 4'],
  ['#e69f00', '8 4'],
  ['#56b4e9', '2 3'],
  ['#7f7f7f', '2 3'],
];

/** @param names what the cuts are called for readers */
export function curvesSvg(
  title: string,
  rows: readonly Recognition[],
  names: Readonly<Record<string, string>>,
): string {
  const of = Math.max(...rows.map((row) => row.of));
  const { left, top, width, height } = FIELD;
  const x = (rank: number): number => left + (width * (rank - 1)) / Math.max(1, of - 1);
  const y = (share: number): number => top + height * (1 - share);
  const line = (points: readonly (readonly [number, number])[]): string =>
    points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="system-ui, sans-serif" font-size="13" fill="#1a1a1a">`,
    `<title>${title}</title>`,
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>`,
    text(left, 24, title, 'font-weight="600"'),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      `<path d="M${left} ${y(share)}h${width}" stroke="#dddddd"/>`,
      text(left - 8, y(share) + 4, `${100 * share} %`, 'text-anchor="end"'),
    ]),
    ...ticksOf(of).map((rank) =>
      text(x(rank), top + height + 20, `${rank}`, 'text-anchor="middle"'),
    ),
    text(
      left + width / 2,
      top + height + 44,
      `named within so many guesses, of ${of} people`,
      'text-anchor="middle"',
    ),
    `<polyline points="${line([
      [x(1), y(1 / of)],
      [x(of), y(1)],
    ])}" fill="none" stroke="#555555" stroke-dasharray="3 5"/>`,
  ];
  const legend = left + width + 24;
  rows.forEach((row, n) => {
    const [color, dashes] = STROKES[n % STROKES.length] ?? ['#000000', ''];
    const style = `fill="none" stroke="${color}" stroke-width="2.2" stroke-dasharray="${dashes}"`;
    const points = row.within.map((share, r): readonly [number, number] => [x(r + 1), y(share)]);
    parts.push(`<polyline points="${line(points)}" ${style}/>`);
    const at = top + 12 + 24 * n;
    parts.push(`<path d="M${legend} ${at - 4}h28" ${style}/>`);
    parts.push(text(legend + 36, at, `${names[row.cut] ?? row.cut}: AUC ${row.auc.toFixed(2)}`));
  });
  const last = top + 12 + 24 * rows.length;
  parts.push(`<path d="M${legend} ${last - 4}h28" stroke="#555555" stroke-dasharray="3 5"/>`);
  parts.push(text(legend + 36, last, 'luck: AUC 0.50'), '</svg>\n');
  return parts.join('\n');
}

function ticksOf(of: number): readonly number[] {
  return [1, 5, 10, 15, 20, 25, 30, 40, 50, 60].filter((rank) => rank <= of);
}

function text(x: number, y: number, words: string, more = ''): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${safe}</text>`;
}
