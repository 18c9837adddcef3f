/** Names of files and folders that tell who the patient is, and names that tell nothing. */
import { echoes, type Identifiers } from '../../core/deidentify/identifiers.ts';
import { halfOf, stemOf } from '../nifti-pairs.ts';

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
const ENDING =
  /\.(dcm|dicom|ima|nii|nii\.gz|json|bval|bvec|txt|csv|tsv|(?:hdr|img)(?:\.gz)?|xml|pdf|zip)$/i;

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
  /** Names in each folder, as it is called now; a folder and its new name are one to one. */
  const taken = new Map<string, Set<string>>();
  for (const path of all) {
    const parts = path.split('/');
    for (const [n, part] of parts.entries()) {
      const folder = parts.slice(0, n).join('/');
      const names = taken.get(folder) ?? new Set();
      taken.set(folder, names.add(part.toLowerCase()));
    }
  }
  /** New path of each old one, folders too. */
  const given = new Map([['', '']]);
  const renamed = new Map<string, string>();
  /** The two files of a NIfTI pair keep one name. */
  const halves = new Map<string, string>();
  const nameOf = (part: string | null, folder: string): string => {
    const stem = part !== null && halfOf(part) ? joined(folder, stemOf(part)) : null;
    const known = stem === null ? undefined : halves.get(stem);
    const ending = part === null ? '' : endingOf(part);
    if (known !== undefined) return known + ending;
    const name = freeName(part, taken.get(folder));
    if (stem !== null) halves.set(stem, name.slice(0, name.length - ending.length));
    return name;
  };
  for (const path of paths) {
    const parts = path.split('/');
    for (const [n, part] of parts.entries()) {
      const folder = parts.slice(0, n).join('/');
      const old = joined(folder, part);
      if (given.has(old)) continue;
      const isFile = n === parts.length - 1;
      const name = telling.has(old) ? nameOf(isFile ? part : null, folder) : part;
      given.set(old, joined(given.get(folder) ?? '', name));
    }
    const fresh = given.get(path) ?? path;
    if (fresh !== path) renamed.set(path, fresh);
  }
  return renamed;
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function endingOf(file: string): string {
  return ENDING.exec(file)?.[0] ?? '';
}

/** @param file the name of a file, whose ending is kept; null for a folder */
function freeName(file: string | null, taken = new Set<string>()): string {
  const ending = file === null ? '' : endingOf(file);
  const endings = file !== null && halfOf(file) ? ['.hdr', '.hdr.gz', '.img', '.img.gz'] : [ending];
  for (let n = 1; ; n++) {
    const base = `${file === null ? 'folder' : 'file'}-${n}`;
    if (endings.some((one) => taken.has((base + one).toLowerCase()))) continue;
    for (const one of endings) taken.add((base + one).toLowerCase());
    return base + ending;
  }
}
