/** The demo head: always the same person who does not exist, as files in memory. */
import { memorySource } from '../src/adapters/memory/memory-source.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import { makePhantom } from '../src/core/phantom/head.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { SourceFile } from '../src/core/source-file.ts';

const SEED = 103;

export async function demoSources(
  kind: 'CT' | 'MR',
  job: JobOptions,
): Promise<readonly SourceFile[]> {
  const phantom = await makePhantom({ seed: SEED, kind }, job);
  return Array.from(phantomDicom(phantom), ({ path, bytes }) => memorySource(path, bytes));
}
