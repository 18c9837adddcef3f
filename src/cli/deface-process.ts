/** The command's side of one process that works for it (deface-child.ts). */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FaceSegmenter } from '../app/ports.ts';
import { EffaceError } from '../core/errors.ts';
import type { JobOptions } from '../core/progress.ts';
import type { DefaceTask, FromChild } from './deface-wire.ts';

export interface DefaceProcess {
  readonly model: FaceSegmenter['model'];
  readonly backend: string;
  /**
   * One scan at a time.
   *
   * @returns `encodeResult`, without labels where it can be written without
   * @throws the signal's reason when cancelled, which ends the process; EffaceError `job/crashed`
   *   where it ended by itself
   */
  deface(task: DefaceTask, job: JobOptions): Promise<Uint8Array<ArrayBuffer>>;
  readonly isAlive: boolean;
  end(): void;
}

/** @throws EffaceError `model/…` where its network does not start, `job/crashed` */
export async function startDefaceProcess(entry = childEntry()): Promise<DefaceProcess> {
  const child = fork(entry.file, [], {
    execArgv: [...entry.execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let isAlive = true;
  child.once('exit', () => {
    isAlive = false;
  });
  const end = (): void => {
    isAlive = false;
    child.kill('SIGKILL');
  };
  const ready = await answerOf(child, {}).catch((error: unknown) => {
    end();
    throw error;
  });
  if (ready.kind !== 'ready') throw new EffaceError('job/crashed');
  return {
    model: ready.model,
    backend: ready.backend,
    get isAlive() {
      return isAlive;
    },
    async deface(task, job) {
      job.signal?.addEventListener('abort', end);
      try {
        const answer = answerOf(child, job);
        child.send(task, (error) => {
          // What cannot be sent (more than a message holds) ends like a crash of its own.
          if (error) end();
        });
        const done = await answer;
        if (done.kind !== 'done') throw new EffaceError('job/crashed');
        return done.result;
      } finally {
        job.signal?.removeEventListener('abort', end);
      }
    },
    end,
  };
}

/** The next word of the child that is not about progress. */
async function answerOf(
  child: ChildProcess,
  { signal, onProgress }: JobOptions,
): Promise<FromChild> {
  let listen: (message: FromChild) => void = () => undefined;
  let exit: () => void = () => undefined;
  try {
    return await new Promise<FromChild>((resolve, reject) => {
      listen = (message) => {
        if (message.kind === 'progress') onProgress?.(message.progress);
        else if (message.kind === 'failed') {
          const { code, details } = message.record;
          reject(new EffaceError(code, details));
        } else resolve(message);
      };
      exit = () => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the signal was aborted with
        reject(signal?.aborted ? signal.reason : new EffaceError('job/crashed'));
      };
      child.on('message', listen);
      child.once('exit', exit);
      child.once('error', exit);
    });
  } finally {
    child.off('message', listen);
    child.off('exit', exit);
    child.off('error', exit);
  }
}

export interface ChildEntry {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** Beside this module as it is in the sources, or above it in what was built of them. */
function childEntry(): ChildEntry {
  const here = dirname(fileURLToPath(import.meta.url));
  const source = join(here, 'deface-child.ts');
  if (existsSync(source)) {
    const tsx = createRequire(import.meta.url).resolve('tsx');
    return { file: source, execArgv: ['--import', pathToFileURL(tsx).href] };
  }
  for (let at = here; ; at = dirname(at)) {
    const file = join(at, 'deface-child.js');
    if (existsSync(file)) return { file, execArgv: [] };
    if (dirname(at) === at) throw new EffaceError('job/crashed');
  }
}
