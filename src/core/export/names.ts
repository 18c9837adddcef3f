import { defacemaskName, isSafeBidsName } from '../bids/names.ts';

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
  /** `place` in its BIDS dataset, else the file's own name where it may stay, else `scan-<n>.nii.gz` (or `.nii`). */
  nifti(path: string, place?: string | null): string;
  /** `scan-<n>.hdr` and `scan-<n>.img` of a NIfTI pair, each with `.gz` where it had it. */
  niftiPair(files: { readonly head: string; readonly image: string }): {
    readonly head: string;
    readonly image: string;
  };
  /** A file of a BIDS dataset that is no image; null where its name is taken. */
  companion(place: string): string | null;
}

/** The mask's path beside an image or a series folder. */
export function maskPath(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  // In a dataset the name says of which image the mask is (BIDS 1.10, "defacemask").
  if (slash > 0 && isSafeBidsName(path.slice(slash))) {
    return path.slice(0, slash) + defacemaskName(path.slice(slash));
  }
  return `${path.replace(/\.(nii|hdr)(\.gz)?$/i, '')}_defacemask.nii.gz`;
}

/** The same as a DICOM Segmentation object. */
export function segmentationPath(folder: string): string {
  return `${folder}_defacemask.dcm`;
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
    companion(place) {
      return free(place) && place !== REPORT_PATH ? give(place) : null;
    },
    nifti(path, place = null) {
      scans += 1;
      if (place !== null && free(place) && free(maskPath(place))) {
        give(maskPath(place));
        return give(place);
      }
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
    niftiPair: (files) => {
      const { head, image } = pairOf(`scan-${++scans}`, files);
      return { head: give(head), image: give(image) };
    },
  };
}

/**
 * Labels of files that keep their own names, because they are replaced where they lie: the
 * report lists them, and own names can hold a patient's.
 */
export function createLabels(): Names {
  let series = 0;
  let beside = 0;
  return {
    dicomSeries: ({ modality }) => `in-place/${++series}-${modality}`,
    dicomInstance: (folder, n, of) => `${folder}/${numbered(n, of)}.dcm`,
    companion: () => `in-place/beside-${++beside}`,
    nifti: (path) => `in-place/${++series}${/\.gz$/i.test(path) ? '.nii.gz' : '.nii'}`,
    niftiPair: (files) => pairOf(`in-place/${++series}`, files),
  };
}

function pairOf(
  stem: string,
  { head, image }: { readonly head: string; readonly image: string },
): { readonly head: string; readonly image: string } {
  const gz = (path: string): string => (/\.gz$/i.test(path) ? '.gz' : '');
  return { head: `${stem}.hdr${gz(head)}`, image: `${stem}.img${gz(image)}` };
}

function numbered(n: number, of: number): string {
  return String(n).padStart(Math.max(3, String(of).length), '0');
}
