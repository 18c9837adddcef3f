import { describe, expect, test } from 'vitest';
import {
  collectDropped,
  collectPicked,
  type DroppedEntry,
} from '../../../../src/adapters/browser/dropped-files.ts';

const file = (name: string): File => new File(['x'], name);
const entryOf = (name: string): DroppedEntry => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done) => {
    done(file(name));
  },
});

/** A folder whose reader gives two entries a time, as browsers give a hundred. */
function folder(name: string, children: readonly DroppedEntry[]): DroppedEntry {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done) => {
          done(children.slice(at, (at += 2)));
        },
      };
    },
  };
}

const item = (
  entry: DroppedEntry | null,
): { kind: string; webkitGetAsEntry: () => DroppedEntry | null } => ({
  kind: 'file',
  webkitGetAsEntry: () => entry,
});

describe('collectDropped', () => {
  test('walks folders to their end and orders 2 before 10', async () => {
    const tree = folder('scan', [
      entryOf('10.dcm'),
      entryOf('2.dcm'),
      folder('b', [entryOf('1'), entryOf('2'), entryOf('3')]),
      entryOf('.DS_Store'),
    ]);
    const { files } = await collectDropped({ files: [], items: [item(tree)] });

    expect(files.map(({ path }) => path)).toEqual([
      'scan/2.dcm',
      'scan/10.dcm',
      'scan/b/1',
      'scan/b/2',
      'scan/b/3',
    ]);
  });

  test('takes plain files where the browser gives no entries', async () => {
    const { files } = await collectDropped({ files: [file('a.nii')], items: [item(null)] });

    expect(files.map(({ path }) => path)).toEqual(['a.nii']);
  });

  test('names a folder and a file that cannot be read, and keeps the rest', async () => {
    const locked: DroppedEntry = {
      ...folder('locked', []),
      createReader: () => ({
        readEntries: (_, failed) => {
          failed(new Error('no'));
        },
      }),
    };
    const gone: DroppedEntry = {
      ...entryOf('gone'),
      file: (_, failed) => {
        failed(new Error('no'));
      },
    };
    const tree = folder('f', [locked, gone, entryOf('1.dcm')]);
    const { files, skipped } = await collectDropped({ files: [], items: [item(tree)] });

    expect(files.map(({ path }) => path)).toEqual(['f/1.dcm']);
    expect(skipped.map(({ path, reason }) => [path, reason.code])).toEqual([
      ['f/locked', 'folder/unreadable'],
      ['f/gone', 'file/unreadable'],
    ]);
  });

  test('ignores text that was dropped', async () => {
    const text = { kind: 'string', webkitGetAsEntry: () => null };

    expect(await collectDropped({ files: [], items: [text] })).toEqual({ files: [], skipped: [] });
  });
});

describe('collectPicked', () => {
  test('uses the path under the picked folder', () => {
    const picked = file('1.dcm');
    Object.defineProperty(picked, 'webkitRelativePath', { value: 'scan/1.dcm' });

    expect(collectPicked([picked, file('b.nii')]).files.map(({ path }) => path)).toEqual([
      'b.nii',
      'scan/1.dcm',
    ]);
  });
});
