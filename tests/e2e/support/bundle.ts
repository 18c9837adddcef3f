/** One script for a page, from a file of this folder. */
import path from 'node:path';
import { build } from 'vite';

export async function bundle(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, file),
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    for (const chunk of each.output) if (chunk.type === 'chunk') return chunk.code;
  }
  throw new Error('nothing was built');
}
