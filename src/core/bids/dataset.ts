/**
 * Which files are part of a BIDS dataset, and where they lie in it (BIDS 1.10, "Common
 * principles"): a folder that holds `dataset_description.json` is one.
 */
import { isCode, isSafeBidsStem } from './names.ts';

const DESCRIPTION = 'dataset_description.json';

export interface Dataset {
  /** Path of its folder, with the slash at its end; '' where the paths start in it. */
  readonly root: string;
  /** Folder of its results: '' for the only one, `dataset-<n>/` where there are several. */
  readonly folder: string;
}

/** The datasets among these paths; one within another (`derivatives/…`) is part of it. */
export function datasetsOf(paths: Iterable<string>): readonly Dataset[] {
  const all: string[] = [];
  for (const path of paths) {
    if (path === DESCRIPTION || path.endsWith(`/${DESCRIPTION}`)) {
      all.push(path.slice(0, path.length - DESCRIPTION.length));
    }
  }
  const roots = all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
  return roots.map((root, n) => ({ root, folder: roots.length > 1 ? `dataset-${n + 1}/` : '' }));
}

export interface DatasetFile {
  readonly dataset: Dataset;
  /** Its path below the dataset's folder. */
  readonly path: string;
}

/** The dataset a path belongs to; null where it is in none. */
export function inDataset(datasets: readonly Dataset[], path: string): DatasetFile | null {
  const dataset = datasets.find(({ root }) => path.startsWith(root));
  return dataset ? { dataset, path: path.slice(dataset.root.length) } : null;
}

/** What is done with a file of a dataset that is no image. */
export type Companion = 'sidecar' | 'scans' | 'participants' | 'copy' | 'leave';

/** Folders whose files are never taken over: originals, and what tools keep beside them. */
const LEFT_FOLDERS = /(^|\/)(sourcedata|code|stimuli|logs?|tmp|work|\.[^/]*)\//;
const DATATYPES =
  /^(anat|func|dwi|fmap|perf|pet|ct|eeg|ieeg|meg|beh|mrs|nirs|motion|micr|figures)$/;
const TOP_FILES = /^(README|CHANGES|LICENSE)(\.(md|txt|rst))?$/;
const ENDINGS = /\.(json|tsv|tsv\.gz|bval|bvec)$/;

/** @param path below the dataset's folder */
export function companionKind(path: string): Companion {
  if (LEFT_FOLDERS.test(path)) return 'leave';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (path === name && (TOP_FILES.test(name) || name === '.bidsignore')) return 'copy';
  if (name === DESCRIPTION) return 'copy';
  if (!ENDINGS.test(name) || !isSafePlace(path)) return 'leave';
  if (path === 'participants.tsv') return 'participants';
  if (/_(scans|sessions)\.tsv$/.test(name)) return 'scans';
  // Only a file of one recording can be its sidecar; participants.json explains columns.
  if (name.endsWith('.json'))
    return /^(participants|.*_(scans|sessions))\.json$/.test(name) ? 'copy' : 'sidecar';
  return 'copy';
}

/** Whether folders and name of a file can hold no more than codes of a study. */
export function isSafePlace(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const stem = name.replace(/\.nii(\.gz)?$/, '').replace(ENDINGS, '');
  const knownTop = /^(participants|dataset_description|samples)$/.test(stem);
  return (
    parts.every((part, n) => isSafeFolder(part, parts[n - 1])) && (knownTop || isSafeBidsStem(stem))
  );
}

function isSafeFolder(part: string, above: string | undefined): boolean {
  const [, label] = /^(?:sub|ses)-([A-Za-z0-9]+)$/.exec(part) ?? [];
  if (label !== undefined) return isCode(label);
  if (above === 'derivatives') return /^[a-z0-9][a-z0-9.-]{0,31}$/i.test(part);
  return part === 'derivatives' || DATATYPES.test(part);
}

/** What a file shares with the images it belongs to: folder (its datatype apart) and entities. */
export function recordingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const entities = /^((?:[a-z]+-[A-Za-z0-9]+_)+)/i.exec(name)?.[1] ?? '';
  return entities;
}
