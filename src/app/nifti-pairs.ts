/** NIfTI pairs: header (.hdr) and voxels (.img) in two files of one name, found in any order. */
import type { SourceFile } from '../core/source-file.ts';

const HALF = /\.(hdr|img)(\.gz)?$/i;

/** Which half of a pair a file is by its name; null: neither. */
export function halfOf(path: string): 'head' | 'image' | null {
  const ending = HALF.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? null : ending === 'hdr' ? 'head' : 'image';
}

export interface Half {
  readonly source: SourceFile;
  /** The image of a header; null where there is none, or the file is an image that no header asks for. */
  readonly image: SourceFile | null;
}

/** Headers each with its image, and images left over, in the order of `files`. */
export function pairsOf(files: readonly SourceFile[]): readonly Half[] {
  const images = new Map<string, SourceFile>();
  for (const source of files) {
    if (halfOf(source.path) === 'image') images.set(stemOf(source.path), source);
  }
  const used = new Set<SourceFile>();
  const pairs = new Map<SourceFile, Half>();
  for (const source of files) {
    if (halfOf(source.path) !== 'head') continue;
    const image = images.get(stemOf(source.path)) ?? null;
    if (image) used.add(image);
    pairs.set(source, { source, image });
  }
  return files.flatMap((source) => {
    if (used.has(source)) return [];
    return [pairs.get(source) ?? { source, image: null }];
  });
}

/** The path without the ending of a half. */
export function stemOf(path: string): string {
  return path.replace(HALF, '');
}
