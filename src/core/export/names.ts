/**
 * Output paths (design.md §6). They are made of pseudonyms and counters; a name from
 * outside stays only where it is a BIDS name that cannot hold more than a study code.
 */
export interface Names {
  /** `<patient>/visit-<n>/<series n>-<modality>`: the folder of a DICOM series. */
  dicomSeries(series: {
    readonly patient: string;
    readonly visit: number;
    readonly modality: string;
  }): string;
  /** `<folder>/<instance n>.dcm`, with zeros so that names sort. */
  dicomInstance(folder: string, n: number, of: number): string;
  /** The file's own name where it may stay, else `scan-<n>.nii.gz` (or `.nii`). */
  nifti(path: string): string;
}

/** The mask's path beside an image or a series folder. */
export function maskPath(path: string): string {
  return `${path.replace(/\.nii(\.gz)?$/i, '')}_defacemask.nii.gz`;
}

export const REPORT_PATH = 'efface-report.json';

/** Names of one run: none is given twice, also not to a file system that ignores case. */
export function createNames(): Names {
  const series = new Map<string, number>();
  const given = new Set<string>();
  let scans = 0;
  const free = (path: string): boolean => !given.has(path.toLowerCase());
  const give = (path: string): string => {
    given.add(path.toLowerCase());
    return path;
  };
  return {
    dicomSeries({ patient, visit, modality }) {
      const folder = `${patient}/visit-${visit}`;
      const n = (series.get(folder) ?? 0) + 1;
      series.set(folder, n);
      return give(`${folder}/${n}-${modality}`);
    },
    dicomInstance(folder, n, of) {
      return give(`${folder}/${numbered(n, of)}.dcm`);
    },
    nifti(path) {
      scans += 1;
      const own = path.slice(path.lastIndexOf('/') + 1);
      if (isSafeBidsName(own) && free(own) && free(maskPath(own))) {
        give(maskPath(own));
        return give(own);
      }
      const extension = /\.gz$/i.test(own) ? '.nii.gz' : '.nii';
      let name = `scan-${scans}${extension}`;
      while (!free(name)) name = `scan-${++scans}${extension}`;
      return give(name);
    },
  };
}

/**
 * Labels of files that keep their own names, because they are replaced where they lie: the
 * report lists them, and own names can hold a patient's.
 */
export function createLabels(): Names {
  let series = 0;
  return {
    dicomSeries: ({ modality }) => `in-place/${++series}-${modality}`,
    dicomInstance: (folder, n, of) => `${folder}/${numbered(n, of)}.dcm`,
    nifti: (path) => `in-place/${++series}${/\.gz$/i.test(path) ? '.nii.gz' : '.nii'}`,
  };
}

function numbered(n: number, of: number): string {
  return String(n).padStart(Math.max(3, String(of).length), '0');
}

/** BIDS 1.10: entities as key-value pairs, then a suffix of an anatomical, functional or CT image. */
const BIDS_NAME = /^sub-([A-Za-z0-9]+)((?:_[a-z]+-[A-Za-z0-9]+)*)_([A-Za-z0-9]+)\.nii(?:\.gz)?$/;
// prettier-ignore
const BIDS_SUFFIXES: ReadonlySet<string> = new Set([
  'T1w', 'T2w', 'T1rho', 'T1map', 'T2map', 'T2star', 'T2starw', 'T2starmap', 'FLAIR', 'FLASH', 'PD',
  'PDw', 'PDmap', 'PDT2', 'inplaneT1', 'inplaneT2', 'angio', 'swi', 'SWImagandphase', 'UNIT1',
  'MP2RAGE', 'MESE', 'MEGRE', 'VFA', 'IRT1', 'MPM', 'MTS', 'MTR', 'bold', 'sbref', 'cbv', 'phase',
  'dwi', 'asl', 'm0scan', 'epi', 'magnitude', 'magnitude1', 'magnitude2', 'phase1', 'phase2',
  'phasediff', 'fieldmap', 'ct', 'CT', 'defacemask',
]);
/** Words a study uses in subject labels. */
const STUDY_WORDS =
  /^(sub|subj|subject|pat|patient|ctrl|control|controls|case|pilot|test|phantom|site|hc|ses|session|run|visit|baseline|followup|pre|post|scan|rescan)$/i;

/** Whether a file name is a BIDS name whose labels are codes: no word, no date, no long number. */
export function isSafeBidsName(name: string): boolean {
  const [, subject, entities, suffix] = BIDS_NAME.exec(name) ?? [];
  if (subject === undefined || entities === undefined || suffix === undefined) return false;
  if (!BIDS_SUFFIXES.has(suffix)) return false;
  const labels = entities
    .split('_')
    .filter((entity) => entity !== '')
    .map((entity) => entity.slice(entity.indexOf('-') + 1));
  return isCode(subject) && labels.every((label) => isCode(label) || TECHNICAL_LABEL.test(label));
}

/** Labels of `acq-`, `task-`, `rec-` …, where words are usual. */
const TECHNICAL_LABEL =
  /^(mprage|memprage|spgr|bravo|space|cube|vista|flash|tfl|tse|fse|gre|se|epi|highres|lowres|iso|axial|sag|sagittal|cor|coronal|tra|rest|norm|orig|magnitude|mag|phase|real|imag|AP|PA|LR|RL)\d{0,3}$/i;

function isCode(label: string): boolean {
  if (/\d{7,}/.test(label)) return false; // a date, a hospital number
  const words = label.match(/[A-Za-z]+/g) ?? [];
  return words.every((word) => word.length <= 3 || STUDY_WORDS.test(word));
}
