/**
 * Run as a process of its own: the job of place-job.ts in the folder named, killed by
 * SIGKILL before its operation of the number given, or just after that has begun.
 */
import { createFolderStore } from '../../../src/adapters/node/folder-store.ts';
import { finish, resume, rollBack } from '../../../src/app/place/recover.ts';
import type { Store } from '../../../src/app/ports.ts';
import { portsOf } from './node-digest.ts';
import { runJob } from './place-job.ts';

const [folder = '', work = '', at = '', when = ''] = process.argv.slice(2);
const kill = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
let operations = 0;

const store = new Proxy(createFolderStore(folder), {
  get(target, name: keyof Store) {
    const method = target[name].bind(target) as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => {
      const isHere = operations++ === Number(at);
      if (isHere && when === 'before') kill();
      const result = method(...args);
      if (isHere) setImmediate(kill);
      return result;
    };
  },
});

const works: Readonly<Record<string, () => Promise<unknown>>> = {
  job: () => runJob(portsOf(store)),
  resume: () => resume(portsOf(store)),
  rollBack: () => rollBack(portsOf(store)),
  finish: () => finish(portsOf(store)),
};
await works[work]?.();
process.stdout.write(String(operations));
