/** What every OutputSink does. */
import type { OutputSink } from '../../src/app/ports.ts';
import { equal, rejects, type ContractCase } from '../support/contract.ts';

export interface SinkPlace {
  /** A new sink into the same place. */
  open(): Promise<OutputSink>;
  /** What anyone can see there: paths to text; empty where nothing is. */
  visible(): Promise<Readonly<Record<string, string>>>;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export const outputSinkContract: readonly ContractCase<SinkPlace>[] = [
  {
    name: 'shows nothing before commit, and everything after',
    async run(place) {
      const sink = await place.open();
      await sink.write('p1/v1/1.dcm', bytesOf('one'));
      await sink.write('report.json', bytesOf('two'));
      equal(await place.visible(), {}, 'before');
      await sink.commit();
      equal(await place.visible(), { 'p1/v1/1.dcm': 'one', 'report.json': 'two' }, 'after');
    },
  },
  {
    name: 'reads back what was written, before and after commit',
    async run(place) {
      const sink = await place.open();
      await sink.write('a/1', bytesOf('first'));
      await sink.write('a/2', bytesOf('second'));
      equal(await sink.read('a/1'), bytesOf('first'), 'before');
      await sink.commit();
      equal(await sink.read('a/2'), bytesOf('second'), 'after');
    },
  },
  {
    name: 'does not see what the caller does with the bytes later',
    async run(place) {
      const sink = await place.open();
      const bytes = bytesOf('kept');
      await sink.write('a', bytes);
      bytes.fill(0);
      equal(await sink.read('a'), bytesOf('kept'), 'read');
      await sink.commit();
      equal(await place.visible(), { a: 'kept' }, 'visible');
    },
  },
  {
    name: 'leaves nothing behind after abort',
    async run(place) {
      const sink = await place.open();
      await sink.write('p1/1.dcm', bytesOf('one'));
      await sink.abort();
      equal(await place.visible(), {}, 'visible');
    },
  },
  {
    name: 'can be aborted twice',
    async run(place) {
      const sink = await place.open();
      await sink.write('a', bytesOf('one'));
      await sink.abort();
      await sink.abort();
      equal(await place.visible(), {}, 'visible');
    },
  },
  {
    name: 'can be aborted before anything is written',
    async run(place) {
      await (await place.open()).abort();
      equal(await place.visible(), {}, 'visible');
    },
  },
  {
    name: 'leaves out what was withdrawn, and writes on',
    async run(place) {
      const sink = await place.open();
      await sink.write('s1/1', bytesOf('good'));
      await sink.write('s2/1', bytesOf('face'));
      await sink.write('s2/2', bytesOf('face too'));
      await sink.remove('s2/2');
      await sink.remove('s2/1');
      await rejects(sink.read('s2/1'), 'reading what was withdrawn', 'output/verify');
      await sink.write('s3/1', bytesOf('fine'));
      await sink.commit();
      equal(await place.visible(), { 's1/1': 'good', 's3/1': 'fine' }, 'visible');
    },
  },
  {
    name: 'writes an empty file',
    async run(place) {
      const sink = await place.open();
      await sink.write('empty', new Uint8Array(0));
      await sink.commit();
      equal(await place.visible(), { empty: '' }, 'visible');
    },
  },
  {
    name: 'refuses to read what was never written',
    async run(place) {
      const sink = await place.open();
      await rejects(sink.read('a/1'), 'reading', 'output/verify');
      await sink.abort();
    },
  },
];
