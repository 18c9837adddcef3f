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
      header: false,
      deidentification: { profile: 'basic', options: [] },
      key: null,
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
      deidentification: { profile: 'basic', options: [] },
      key: null,
      ids: null,
      crosswalk: null,
      acceptReview: false,
      policy: null,
      include: [],
      jobs: 1,
      resume: false,
      force: false,
      json: false,
      quiet: false,
    });
  });

  test('reads --jobs, and --resume of a folder', () => {
    expect(deface('in --out dir --jobs 4 --resume')).toMatchObject({ jobs: 4, resume: true });
    // In place it is a step of its own, and nothing is put aside.
    expect(deface('in --in-place --resume')).toMatchObject({
      resume: false,
      out: { kind: 'in-place', step: 'resume' },
    });
  });

  test('reads every option that works', () => {
    const command = parseCommand([
      ...['deface', 'in', '--out', 'a.ZIP', '--regions', 'face,eyes, teeth,face', '--mask'],
      ...['--deid', 'none', '--key', 'k', '--accept-review', '--force', '--json', '--quiet'],
      ...['--approved-by-policy', 'study 12', '--method', 'reface', '--depth', 'standard'],
      ...['--jobs', '1', '--backend', 'wasm'],
    ]);

    expect(command).toMatchObject({
      out: { kind: 'zip', path: 'a.ZIP' },
      options: { regions: ['face', 'eyes', 'teeth'], method: 'reface' },
      mask: true,
      deidentification: { profile: 'none', options: [] },
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

  test.each(['--backend webgl', '--backend webgpu'])(
    'says that %s is not built yet instead of ignoring it',
    (option) => {
      expect(() => deface(`in --out dir ${option}`)).toThrow(/is not built yet/);
    },
  );

  test('reads the options of the profile, in one order and each once', () => {
    const options = (line: string): readonly string[] =>
      deface(`in --out dir ${line}`).deidentification.options;

    expect(options('--retain private,patient --retain dates,patient')).toEqual([
      'dates',
      'patient',
      'private',
    ]);
    expect(options('--shift-dates --retain descriptors')).toEqual(['shifted-dates', 'descriptors']);
  });

  test('reads --in-place and what goes with it', () => {
    expect(deface('in --in-place').out).toEqual({
      kind: 'in-place',
      step: 'deface',
      names: 'refuse',
      leaveRest: false,
    });
    expect(deface('in --in-place --rename --leave-rest').out).toMatchObject({
      names: 'rename',
      leaveRest: true,
    });
    expect(deface('in --in-place --keep-names').out).toMatchObject({ names: 'keep' });
    for (const step of ['resume', 'roll-back', 'finish']) {
      expect(deface(`in --in-place --${step}`).out).toMatchObject({ step });
    }
  });

  test('reads --include as often as it comes, by reason or number', () => {
    const command = deface('in --out dir --include dicom/localizer --include 7');
    expect(command).toMatchObject({ include: ['dicom/localizer', '7'] });
    for (const wrong of ['dicom/burned-in', 'dicom/directory', 'everything']) {
      expect(() => deface(`in --out dir --include ${wrong}`)).toThrow(/--include takes/);
    }
  });

  test.each(['shallow', 'standard', 'deep'])('reads --depth %s', (depth) => {
    expect(deface(`in --out dir --depth ${depth}`).options.depth).toBe(depth);
  });

  test.each([
    ['dance', /no command "dance"/],
    ['deface in', /where the results go/],
    ['deface --out dir', /at least one file/],
    ['inspect', /at least one file/],
    ['deface in --out dir --in-place', /not both/],
    ['deface in --out dir --finish', /goes with --in-place/],
    ['deface in --out a.zip --resume', /--resume needs a folder/],
    ['deface in --out dir --jobs 0', /--jobs is 1 to 64/],
    ['deface in --out dir --jobs two', /--jobs takes a whole number/],
    ['deface in --out dir --leave-rest', /goes with --in-place/],
    ['deface in --in-place --resume --finish', /one of --resume, --finish/],
    ['deface in --in-place --rename --keep-names', /not both/],
    ['deface in --in-place --mask', /--mask does not go/],
    ['deface in --out dir --sharpen', /sharpen/],
    ['deface in --out dir --method melt', /--method takes blank, noise, blur, pixelate, reface, /],
    ['deface in --out dir --depth bottomless', /--depth takes shallow, standard, deep/],
    ['deface in --out dir --regions nose', /--regions takes/],
    ['deface in --out dir --regions', /regions/],
    ['deface in --out dir --deid full', /--deid takes/],
    ['deface in --out dir --retain names', /--retain takes dates/],
    ['deface in --out dir --retain dates --shift-dates', /not both/],
    ['deface in --out dir --deid none --retain dates', /nothing to retain/],
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
