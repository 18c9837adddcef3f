/** Which files belong to which visit, and which of them nobody will write. */
import { duplicateFiles, writtenFiles } from '../../core/dicom/dicom-scan.ts';
import { NO_SCAN } from '../../core/scan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { createBidsPlaces } from '../bids-places.ts';
import type { OpenedScans, Scan } from '../open-scans.ts';
import { folderOf } from './layout.ts';

export interface Visit {
  /** Files of its series: what may be written. */
  readonly files: readonly SourceFile[];
  /** Paths of files that will stay: left out, or damaged and of no visit that can be told. */
  readonly rest: ReadonlySet<string>;
}

export interface Visits {
  readonly visits: readonly Visit[];
  /** Paths of DICOMDIR files: lists that no longer fit once a file is new. */
  readonly directories: readonly string[];
  /** The number of the visit that a file of a BIDS dataset belongs to; null where it is of several. */
  readonly visitAt: (path: string) => number | null;
}

interface Draft {
  readonly files: Map<string, SourceFile>;
  readonly rest: Set<string>;
}

/**
 * A visit is a study of a patient, or a session (BIDS). A file that could not be read
 * counts for every visit in its folder, or in the nearest folder above that has any.
 */
export function visitsOf({ scans, left, skipped }: OpenedScans): Visits {
  const drafts = new Map<string, Draft>();
  const places = createBidsPlaces(0);
  for (const scan of scans) {
    const key = keyOf(scan, places);
    const draft = drafts.get(key) ?? { files: new Map(), rest: new Set() };
    drafts.set(key, draft);
    for (const source of sourcesOf(scan)) draft.files.set(source.path, source);
  }
  const directories: string[] = [];
  for (const one of left) {
    if (one.reason.code === 'dicom/directory' && one.kind === 'dicom') {
      directories.push(...one.instances.map(({ source }) => source.path));
    } else if (one.kind === 'dicom') {
      for (const { source, header } of one.instances) {
        drafts.get(dicomKey(header))?.rest.add(source.path);
      }
    } else {
      const draft = drafts.get(niftiKey(one.source.path, places));
      for (const { path } of filesOfNifti(one)) draft?.rest.add(path);
    }
  }
  for (const { path, reason } of skipped) {
    if (NO_SCAN.has(reason.code)) continue;
    for (const draft of nearest(path, [...drafts.values()])) draft.rest.add(path);
  }
  const visits = [...drafts.values()].map(({ files, rest }) => ({
    files: [...files.values()],
    rest,
  }));
  const keys = [...drafts.keys()];
  const visitAt = (path: string): number | null => {
    const n = keys.indexOf(niftiKey(path, places));
    return n < 0 ? null : n;
  };
  return { visits, directories, visitAt };
}

/** Every file of a scan, further copies of its slices too. */
function sourcesOf(scan: Scan): readonly SourceFile[] {
  if (scan.kind === 'nifti') return filesOfNifti(scan);
  return [...writtenFiles(scan), ...duplicateFiles(scan)].map(({ source }) => source);
}

/** The file, or both of a pair. */
export function filesOfNifti({
  source,
  image,
}: {
  readonly source: SourceFile;
  readonly image?: SourceFile;
}): readonly SourceFile[] {
  return image ? [source, image] : [source];
}

type Places = ReturnType<typeof createBidsPlaces>;

function keyOf(scan: Scan, places: Places): string {
  if (scan.kind === 'nifti') return niftiKey(scan.source.path, places);
  const header = scan.slices.find((slice) => slice !== null)?.instance.header;
  return header ? dicomKey(header) : '';
}

function dicomKey(header: { patientKey: string; studyInstanceUID: string }): string {
  return `dicom\n${header.patientKey}\n${header.studyInstanceUID}`;
}

function niftiKey(path: string, places: Places): string {
  const { patient, visit } = places.placeOf(path);
  return `nifti\n${patient}\n${visit}`;
}

function nearest(path: string, drafts: readonly Draft[]): readonly Draft[] {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const start = folder === '' ? '' : `${folder}/`;
    const found = drafts.filter(({ files }) =>
      [...files.keys()].some((file) => file.startsWith(start)),
    );
    if (found.length > 0 || folder === '') return found;
  }
}
