import { describe, expect, test } from 'vitest';
import { parseCommand, UsageError, type DefaceCommand } from '../../../src/cli/args.ts';

const parse = (line: string): ReturnType<typeof parseCommand> =>
  parseCommand(line.split(' ').filter((word) => word !== ''));
const deface = (line: string): DefaceCommand => parse(`deface ${line}`) as DefaceCommand;

describe('parseCommand', () => {
  test('shows the help without a command, and with --help anywhere', () => {
    for (const line of ['', 'help', '--help', 'deface --help', 'serve -h']) {
      expect(parse(line)).toEqual({ kind: 'help' });
    }
  });

  test('reads inspect', () => {
    expect(parse('inspect a b --json')).toEqual({
      kind: 'inspect',
      inputs: ['a', 'b'],
      json: true,
    });
  });

  test('reads match, which takes one scan and a gallery', () => {
    expect(parse('match scan.nii --gallery others --same others/a.nii --json')).toEqual({
      kind: 'match',
      probe: 'scan.nii',
      gallery: 'others',
      same: 'others/a.nii',
      json: true,
    });
    expect(() => parse('match scan.nii')).toThrow(/needs --gallery/);
    expect(() => parse('match a b --gallery c')).toThrow(/takes one scan/);
  });

  test('takes the defaults of the design for deface', () => {
    expect(deface('in --out dir')).toEqual({
      kind: 'deface',
      inputs: ['in'],
      out: { kind: 'folder', path: 'dir' },
      options: { regions: ['face', 'ears'], depth: 'standard', method: 'blank' },
      mask: false,
      deidentification: 'basic',
      key: null,
      acceptReview: false,
      policy: null,
      force: false,
      json: false,
      quiet: false,
    });
  });

  test('reads every option that works', () => {
    const command = parseCommand([
      ...['deface', 'in', '--out', 'a.ZIP', '--regions', 'face,eyes, teeth,face', '--mask'],
      ...['--deid', 'none', '--key', 'k', '--accept-review', '--force', '--json', '--quiet'],
      ...['--approved-by-policy', 'study 12', '--method', 'blank', '--depth', 'standard'],
      ...['--jobs', '1', '--backend', 'wasm'],
    ]);

    expect(command).toMatchObject({
      out: { kind: 'zip', path: 'a.ZIP' },
      options: { regions: ['face', 'eyes', 'teeth'] },
      mask: true,
      deidentification: 'none',
      key: 'k',
      acceptReview: true,
      policy: 'study 12',
      force: true,
      json: true,
      quiet: true,
    });
  });

  test('reads serve', () => {
    expect(parse('serve')).toEqual({ kind: 'serve', port: null, open: true });
    expect(parse('serve --port 80 --no-open')).toEqual({ kind: 'serve', port: 80, open: false });
  });

  test.each([
    '--in-place',
    '--resume',
    '--method blur',
    '--method reface',
    '--jobs 2',
    '--backend webgl',
    '--retain dates',
    '--include geometry/too-few-slices',
  ])('says that %s is not built yet instead of ignoring it', (option) => {
    expect(() => deface(`in --out dir ${option}`)).toThrow(/is not built yet/);
  });

  test.each(['shallow', 'standard', 'deep'])('reads --depth %s', (depth) => {
    expect(deface(`in --out dir --depth ${depth}`).options.depth).toBe(depth);
  });

  test.each([
    ['dance', /no command "dance"/],
    ['deface in', /where the results go/],
    ['deface --out dir', /at least one file/],
    ['inspect', /at least one file/],
    ['deface in --out dir --sharpen', /sharpen/],
    ['deface in --out dir --method melt', /--method takes/],
    ['deface in --out dir --depth bottomless', /--depth takes shallow, standard, deep/],
    ['deface in --out dir --regions nose', /--regions takes/],
    ['deface in --out dir --regions', /regions/],
    ['deface in --out dir --deid full', /--deid takes/],
    ['deface in --out dir --jobs many', /whole number/],
    ['serve --port 99999', /65535/],
    ['serve --port x', /whole number/],
    ['serve folder', /takes no files/],
    ['constructor', /no command/],
  ])('refuses "%s" with a sentence', (line, sentence) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(sentence);
  });

  test('asks for the words of a policy', () => {
    expect(() => parseCommand(['deface', 'in', '--out', 'd', '--approved-by-policy', ' '])).toThrow(
      /needs a text/,
    );
  });
});
