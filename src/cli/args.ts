/** The command line as one value; whatever is not understood ends with a sentence. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  DEFAULT_DEFACE,
  DEPTHS,
  METHODS,
  REGIONS,
  type DefaceOptions,
  type Region,
} from '../core/deface/options.ts';
import type { DeidentificationOptions } from '../core/deidentify/options.ts';
import { DEID_ARGUMENTS, deidentificationOf } from './args-deid.ts';
import { oneOf, UsageError } from './usage-error.ts';

export { UsageError };
import { INCLUDABLE } from '../core/export/includable.ts';

export interface InspectCommand {
  readonly kind: 'inspect';
  readonly inputs: readonly string[];
  readonly json: boolean;
  /** Whether to show what would become of the headers, and how they would be de-identified. */
  readonly header: boolean;
  readonly deidentification: DeidentificationOptions;
  readonly key: string | null;
}

export interface CrosswalkCommand {
  readonly kind: 'crosswalk';
  readonly file: string;
}

export interface DefaceCommand {
  readonly kind: 'deface';
  readonly inputs: readonly string[];
  readonly out: { readonly kind: 'folder' | 'zip'; readonly path: string } | InPlace;
  readonly options: DefaceOptions;
  readonly mask: boolean;
  readonly deidentification: DeidentificationOptions;
  /** File of the project's key. */
  readonly key: string | null;
  /** CSV of new patient IDs. */
  readonly ids: string | null;
  /** Where the sealed crosswalk goes. */
  readonly crosswalk: string | null;
  readonly acceptReview: boolean;
  /** Text of the policy that approves; null where none was given. */
  readonly policy: string | null;
  /** Left out for these reasons, or of these numbers, and let through all the same. */
  readonly include: readonly string[];
  /** Processes that work at once. */
  readonly jobs: number;
  /** Results are put aside as they are made, and those of a run that was stopped are used. */
  readonly resume: boolean;
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The results replace their originals, or an earlier time when they did is brought to its end. */
export interface InPlace {
  readonly kind: 'in-place';
  readonly step: 'deface' | 'resume' | 'roll-back' | 'finish';
  /** Names of files and folders that identify. */
  readonly names: 'refuse' | 'rename' | 'keep';
  /** Replace files of a visit although others of it stay. */
  readonly leaveRest: boolean;
}

export interface MatchCommand {
  readonly kind: 'match';
  readonly probe: string;
  /** Folder of undefaced scans. */
  readonly gallery: string;
  /** File or folder of the gallery that shows the same person; null: the one called like the probe. */
  readonly same: string | null;
  readonly json: boolean;
}

export interface ServeCommand {
  readonly kind: 'serve';
  /** null: the usual one, or the next that is free. */
  readonly port: number | null;
  readonly open: boolean;
}

export type Command =
  | InspectCommand
  | DefaceCommand
  | MatchCommand
  | ServeCommand
  | CrosswalkCommand
  | { readonly kind: 'help' | 'version' };

/** @throws UsageError */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (name === undefined || ['help', '--help', '-h'].includes(name)) return { kind: 'help' };
  if (name === '--version' || name === '-v') return { kind: 'version' };
  const parse = COMMANDS.get(name);
  if (!parse) throw new UsageError(`There is no command "${name}".`);
  return rest.includes('--help') || rest.includes('-h') ? { kind: 'help' } : parse(rest);
}

const COMMANDS = new Map<string, (args: string[]) => Command>([
  ['inspect', parseInspect],
  ['deface', parseDeface],
  ['match', parseMatch],
  ['serve', parseServe],
  ['crosswalk', parseCrosswalk],
]);

function parseInspect(args: string[]): Command {
  const { values, positionals } = read(args, {
    json: { type: 'boolean' },
    header: { type: 'boolean' },
    key: { type: 'string' },
    ...DEID_ARGUMENTS,
  });
  return {
    kind: 'inspect',
    inputs: inputsOf(positionals),
    json: values.json ?? false,
    header: values.header ?? false,
    deidentification: deidentificationOf(values),
    key: values.key ?? null,
  };
}

function parseCrosswalk(args: string[]): Command {
  const { positionals } = read(args, {});
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one crosswalk file.');
  return { kind: 'crosswalk', file };
}

function parseMatch(args: string[]): Command {
  const { values, positionals } = read(args, {
    gallery: { type: 'string' },
    same: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [probe, ...more] = inputsOf(positionals);
  if (probe === undefined || more.length > 0) throw new UsageError('"match" takes one scan.');
  const { gallery, same = null, json = false } = values;
  if (gallery === undefined) throw new UsageError('"match" needs --gallery DIR.');
  return { kind: 'match', probe, gallery, same, json };
}

function parseServe(args: string[]): Command {
  const { values, positionals } = read(args, {
    port: { type: 'string' },
    open: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError('"serve" takes no files.');
  const port = values.port === undefined ? null : wholeNumber(values.port, '--port');
  if (port !== null && port > 65_535) throw new UsageError('--port is at most 65535.');
  return { kind: 'serve', port, open: values.open ?? true };
}

function parseDeface(args: string[]): Command {
  const { values, positionals } = read(args, {
    out: { type: 'string' },
    regions: { type: 'string' },
    mask: { type: 'boolean' },
    key: { type: 'string' },
    ids: { type: 'string' },
    crosswalk: { type: 'string' },
    'accept-review': { type: 'boolean' },
    'approved-by-policy': { type: 'string' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean' },
    method: { type: 'string' },
    depth: { type: 'string' },
    jobs: { type: 'string' },
    backend: { type: 'string' },
    'in-place': { type: 'boolean' },
    resume: { type: 'boolean' },
    ...DEID_ARGUMENTS,
    'roll-back': { type: 'boolean' },
    finish: { type: 'boolean' },
    rename: { type: 'boolean' },
    'keep-names': { type: 'boolean' },
    'leave-rest': { type: 'boolean' },
    include: { type: 'string', multiple: true },
  });
  const { out, 'approved-by-policy': policy } = values;
  refuseOtherBackends(values.backend);
  const inputs = inputsOf(positionals);
  const place = inPlaceOf(values);
  if (!place && (out === undefined || out === '')) {
    throw new UsageError('Say where the results go: --out DIR, --out FILE.zip or --in-place.');
  }
  if (policy?.trim() === '') {
    throw new UsageError('--approved-by-policy needs a text: who approves, by which rule.');
  }
  const isZip = !place && /\.zip$/i.test(out ?? '');
  const resume = !place && (values.resume ?? false);
  if (resume && isZip) throw new UsageError('--resume needs a folder: --out DIR or --in-place.');
  return {
    kind: 'deface',
    inputs,
    out: place ?? { kind: isZip ? 'zip' : 'folder', path: out ?? '' },
    options: {
      ...DEFAULT_DEFACE,
      regions: regionsOf(values.regions),
      depth: oneOf(values.depth ?? DEFAULT_DEFACE.depth, DEPTHS, '--depth'),
      method: oneOf(values.method ?? DEFAULT_DEFACE.method, METHODS, '--method'),
    },
    mask: values.mask ?? false,
    deidentification: deidentificationOf(values),
    key: values.key ?? null,
    ids: values.ids ?? null,
    crosswalk: values.crosswalk ?? null,
    acceptReview: values['accept-review'] ?? false,
    policy: policy ?? null,
    include: includedBy(values.include ?? []),
    jobs: jobsOf(values.jobs),
    resume,
    force: values.force ?? false,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
  };
}

interface InPlaceValues {
  readonly out?: string | undefined;
  readonly mask?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly 'in-place'?: boolean | undefined;
  readonly resume?: boolean | undefined;
  readonly 'roll-back'?: boolean | undefined;
  readonly finish?: boolean | undefined;
  readonly rename?: boolean | undefined;
  readonly 'keep-names'?: boolean | undefined;
  readonly 'leave-rest'?: boolean | undefined;
}

/** null without --in-place, which the options that go with it need. */
function inPlaceOf(values: InPlaceValues): InPlace | null {
  const steps = (['resume', 'roll-back', 'finish'] as const).filter((step) => values[step]);
  const own = [...steps, ...(['rename', 'keep-names', 'leave-rest'] as const)];
  if (!values['in-place']) {
    const [lone] = own.filter((option) => option !== 'resume' && values[option]);
    if (lone !== undefined) throw new UsageError(`--${lone} goes with --in-place.`);
    return null;
  }
  if (values.out !== undefined) throw new UsageError('Give --out or --in-place, not both.');
  if (values.mask || values.force) {
    throw new UsageError(`--${values.mask ? 'mask' : 'force'} does not go with --in-place.`);
  }
  if (steps.length > 1) throw new UsageError(`Give one of --${steps.join(', --')}.`);
  if (values.rename && values['keep-names']) {
    throw new UsageError('Give --rename or --keep-names, not both.');
  }
  return {
    kind: 'in-place',
    step: steps[0] ?? 'deface',
    names: values.rename ? 'rename' : values['keep-names'] ? 'keep' : 'refuse',
    leaveRest: values['leave-rest'] ?? false,
  };
}

/** Better an error than a wish ignored. */
function refuseOtherBackends(wanted: string | undefined): void {
  const backend = oneOf(wanted ?? 'wasm', BACKENDS, '--backend');
  if (backend === 'wasm') return;
  throw new UsageError(
    `--backend ${backend} is not built yet. Only "wasm" works here in this version.`,
  );
}

/** Each holds a network and a scan: beyond this the machine is another. */
const MOST_JOBS = 64;

function jobsOf(text: string | undefined): number {
  const jobs = text === undefined ? 1 : wholeNumber(text, '--jobs');
  if (jobs < 1 || jobs > MOST_JOBS) throw new UsageError(`--jobs is 1 to ${MOST_JOBS}.`);
  return jobs;
}

const BACKENDS = ['wasm', 'webgl', 'webgpu', 'cpu'] as const;

function regionsOf(list: string | undefined): readonly Region[] {
  if (list === undefined) return DEFAULT_DEFACE.regions;
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names.map((name) => oneOf(name, REGIONS, '--regions')))];
}

/** Codes as the report has them, and numbers as `inspect` counts. */
function includedBy(wanted: readonly string[]): readonly string[] {
  for (const one of wanted) {
    if (/^[0-9]{1,6}$/.test(one) || INCLUDABLE.some((code) => code === one)) continue;
    throw new UsageError(
      `--include takes the number of what inspect leaves out, or a reason: ${INCLUDABLE.join(', ')}; not "${one}".`,
    );
  }
  return wanted;
}

function wholeNumber(text: string, option: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new UsageError(`${option} takes a whole number.`);
  return Number(text);
}

function inputsOf(positionals: readonly string[]): readonly string[] {
  if (positionals.length === 0) throw new UsageError('Name at least one file or folder.');
  return positionals;
}

function read<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true; allowNegative: true }>> {
  try {
    return parseArgs({ args, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    // Node's own sentences say which option; what follows the first one is advice about "--".
    const message = error instanceof Error ? error.message.split('. ')[0] : 'It was not understood';
    throw new UsageError(`${message ?? ''}.`, { cause: error });
  }
}
