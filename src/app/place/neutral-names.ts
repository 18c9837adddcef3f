/** Names of files and folders that tell who the patient is, and names that tell nothing. */
import { echoes, type Identifiers } from '../../core/deidentify/identifiers.ts';

/** Whether a name of a file or folder holds a word, a number or a UID of the patient. */
export function nameCheck(identifiers: Identifiers): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const uids = [...identifiers.uids];
  return (name) => {
    let tells = known.get(name);
    if (tells === undefined) {
      // Names of files are UTF-8 where headers may hold one byte a letter.
      const folded = name.normalize('NFC');
      tells = echoes(identifiers, folded) || uids.some((uid) => folded.includes(uid));
      known.set(name, tells);
    }
    return tells;
  };
}

/** Paths of the files and folders whose own name tells, each once. */
export function tellingNames(
  paths: Iterable<string>,
  tells: (name: string) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    for (const [n, part] of parts.entries()) {
      if (tells(part)) found.add(parts.slice(0, n + 1).join('/'));
    }
  }
  return found;
}

/** Endings that say what a file is and nothing else. */
const ENDING = /\.(dcm|dicom|ima|nii|nii\.gz|json|bval|bvec|txt|csv|tsv|hdr|img|xml|pdf|zip)$/i;

/**
 * New paths for all files below or at a telling name: `folder-<n>`, `file-<n>` with the
 * ending that it had. No new name is one that is there already, in whatever case.
 *
 * @param all everything there is, also what keeps its place
 */
export function neutralPaths(
  paths: readonly string[],
  telling: ReadonlySet<string>,
  all: readonly string[] = paths,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  for (const path of all) {
    const parts = path.toLowerCase().split('/');
    for (let n = 1; n <= parts.length; n++) taken.add(parts.slice(0, n).join('/'));
  }
  /** New path of each old one, folders too. */
  const given = new Map<string, string>();
  const renamed = new Map<string, string>();
  for (const path of paths) {
    const parts = path.split('/');
    let old = '';
    let fresh = '';
    for (const [n, part] of parts.entries()) {
      old = n === 0 ? part : `${old}/${part}`;
      const parent = fresh;
      const known = given.get(old);
      fresh = known ?? (parent === '' ? part : `${parent}/${part}`);
      if (known === undefined && telling.has(old)) {
        fresh = freeName(parent, n < parts.length - 1 ? null : part, taken);
      }
      given.set(old, fresh);
    }
    if (fresh !== path) renamed.set(path, fresh);
  }
  return renamed;
}

function freeName(parent: string, file: string | null, taken: Set<string>): string {
  const ending = file === null ? '' : (ENDING.exec(file)?.[0] ?? '');
  const start = parent === '' ? '' : `${parent}/`;
  for (let n = 1; ; n++) {
    const path = `${start}${file === null ? 'folder' : 'file'}-${n}${ending}`;
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}
