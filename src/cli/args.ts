/** The command line as one value; whatever is not understood ends with a sentence. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  DEFAULT_DEFACE,
  DEPTHS,
  REGIONS,
  type DefaceOptions,
  type Region,
} from '../core/deface/options.ts';

export interface InspectCommand {
  readonly kind: 'inspect';
  readonly inputs: readonly string[];
  readonly json: boolean;
}

export interface DefaceCommand {
  readonly kind: 'deface';
  readonly inputs: readonly string[];
  readonly out: { readonly kind: 'folder' | 'zip'; readonly path: string };
  readonly options: DefaceOptions;
  readonly mask: boolean;
  readonly deidentification: 'basic' | 'none';
  /** File of the project's key. */
  readonly key: string | null;
  readonly acceptReview: boolean;
  /** Text of the policy that approves; null where none was given. */
  readonly policy: string | null;
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
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
  | { readonly kind: 'help' | 'version' };

/** A command that was not understood: exit code 2, its message is for the person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

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
]);

function parseInspect(args: string[]): Command {
  const { values, positionals } = read(args, { json: { type: 'boolean' } });
  return { kind: 'inspect', inputs: inputsOf(positionals), json: values.json ?? false };
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
    deid: { type: 'string' },
    key: { type: 'string' },
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
    retain: { type: 'string', multiple: true },
    include: { type: 'string', multiple: true },
  });
  const { out, 'approved-by-policy': policy } = values;
  refuseWhatIsNotBuilt(values);
  const inputs = inputsOf(positionals);
  if (out === undefined || out === '') {
    throw new UsageError('Say where the results go: --out DIR or --out FILE.zip.');
  }
  if (policy?.trim() === '') {
    throw new UsageError('--approved-by-policy needs a text: who approves, by which rule.');
  }
  return {
    kind: 'deface',
    inputs,
    out: { kind: /\.zip$/i.test(out) ? 'zip' : 'folder', path: out },
    options: {
      ...DEFAULT_DEFACE,
      regions: regionsOf(values.regions),
      depth: oneOf(values.depth ?? DEFAULT_DEFACE.depth, DEPTHS, '--depth'),
    },
    mask: values.mask ?? false,
    deidentification: oneOf(values.deid ?? 'basic', ['basic', 'none'], '--deid'),
    key: values.key ?? null,
    acceptReview: values['accept-review'] ?? false,
    policy: policy ?? null,
    force: values.force ?? false,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
  };
}

interface Planned {
  readonly method?: string | undefined;
  readonly jobs?: string | undefined;
  readonly backend?: string | undefined;
  readonly 'in-place'?: boolean | undefined;
  readonly resume?: boolean | undefined;
  readonly retain?: readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
}

/** Options of the plan that do nothing yet: better an error than a wish ignored. */
function refuseWhatIsNotBuilt(values: Planned): void {
  const notYet = (what: string, instead: string): never => {
    throw new UsageError(`${what} is not built yet. ${instead}`);
  };
  const method = oneOf(values.method ?? 'blank', METHODS, '--method');
  if (method !== 'blank') notYet(`--method ${method}`, 'Only "blank" works in this version.');
  const backend = oneOf(values.backend ?? 'wasm', BACKENDS, '--backend');
  if (backend !== 'wasm') notYet(`--backend ${backend}`, 'Only "wasm" works here in this version.');
  const jobs = values.jobs === undefined ? 1 : wholeNumber(values.jobs, '--jobs');
  if (jobs !== 1)
    notYet('--jobs above 1', 'Start the command several times on parts of the input.');
  if (values['in-place']) notYet('--in-place', 'Use --out with a new folder.');
  if (values.resume) notYet('--resume', 'Start again with a new output folder.');
  if (values.retain)
    notYet('--retain', 'Use --deid basic, or --deid none to keep headers as they are.');
  if (values.include)
    notYet('--include', 'Series that are left out stay left out in this version.');
}
const METHODS = ['blank', 'noise', 'blur', 'pixelate', 'reface'] as const;
const BACKENDS = ['wasm', 'webgl', 'webgpu', 'cpu'] as const;

function regionsOf(list: string | undefined): readonly Region[] {
  if (list === undefined) return DEFAULT_DEFACE.regions;
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names.map((name) => oneOf(name, REGIONS, '--regions')))];
}

function oneOf<Value extends string>(
  text: string,
  values: readonly Value[],
  option: string,
): Value {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined)
    throw new UsageError(`${option} takes ${values.join(', ')}; not "${text}".`);
  return value;
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
