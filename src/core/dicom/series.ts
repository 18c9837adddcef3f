/** Instances → scans, one grid each, and what is left out with its reason. */
import { scanWarning, type ScanWarning } from '../scan-warnings.ts';
import { MOST_WRITTEN_BYTES, type SourceFile } from '../source-file.ts';
import type { Modality } from '../volume/volume.ts';
import type {
  DicomInstance,
  DicomLeftOut,
  DicomScan,
  DicomSlice,
  GroupedInstances,
} from './dicom-scan.ts';
import { refusalOf, refuse, type Refusal } from './leave-out.ts';
import { filesOf, placeSlices, type PlacedVolume } from './place-slices.ts';
import { mayBeLossy } from './transfer-syntax.ts';
import { placeVolumeFiles } from './volume-files.ts';

/** A head in fewer slices cannot be recognized safely. */
const MIN_SLICES = 8;

export interface GroupOptions {
  /** Stacks with fewer slices are left out (default 8). */
  readonly minSlices?: number;
}

/**
 * Sorts instances into volumes by what their headers say. Scans and what is left out come
 * in the order their first file was found; ids, patients and visits are counted from 1.
 */
export function groupInstances(
  instances: readonly DicomInstance[],
  { minSlices = MIN_SLICES }: GroupOptions = {},
): GroupedInstances {
  const results = new Results(instances);
  const single: DicomInstance[] = [];
  const several: DicomInstance[] = [];
  for (const instance of instances) {
    const refusal = refusalOf(instance.header) ?? sizeRefusal(instance.source);
    if (refusal) results.leaveOut([instance], refusal);
    else (instance.header.parts ? several : single).push(instance);
  }
  const slices = placeSlices(single, minSlices);
  for (const volume of slices.volumes) results.addScan([volume]);
  for (const { instances: files, refusal } of slices.left) results.leaveOut(files, refusal);
  const files = placeVolumeFiles(several, minSlices);
  for (const { volumes, duplicates } of files.series) results.addScan(volumes, duplicates);
  for (const { instances: left, refusal } of files.left) results.leaveOut(left, refusal);
  return results.done();
}

function sizeRefusal({ size }: SourceFile): Refusal | null {
  if (size <= MOST_WRITTEN_BYTES) return null;
  return refuse('file/too-large-to-write', { megabytes: Math.round(size / 2 ** 20) });
}

/** Collects scans and what is left out, and puts them in the order their files were found. */
class Results {
  private readonly instances: readonly DicomInstance[];
  private readonly found: ReadonlyMap<SourceFile, number>;
  private readonly scans: ScanDraft[] = [];
  private readonly left = new Map<string, { instances: DicomInstance[]; refusal: Refusal }>();

  constructor(instances: readonly DicomInstance[]) {
    this.instances = instances;
    this.found = new Map(instances.map(({ source }, n) => [source, n]));
  }

  /** Volumes on one grid, the one that is looked at first. */
  addScan(volumes: readonly PlacedVolume[], duplicates: readonly DicomInstance[] = []): void {
    const [first, ...repeats] = volumes;
    if (first) this.scans.push({ first, repeats, duplicates });
  }

  /** Files of one series that are left out for one reason are one line. */
  leaveOut(instances: readonly DicomInstance[], refusal: Refusal): void {
    const key = `${instances[0]?.header.seriesInstanceUID ?? ''}\n${refusal.reason.code}`;
    const line = this.left.get(key);
    if (!line) this.left.set(key, { instances: [...instances], refusal });
    else line.instances.push(...instances);
  }

  done(): GroupedInstances {
    const people = new Numbering();
    const visits = new Map<number, Numbering>();
    for (const { header } of this.instances) {
      const patient = people.numberOf(header.patientKey);
      const ofPatient = visits.get(patient) ?? new Numbering();
      visits.set(patient, ofPatient);
      ofPatient.numberOf(header.studyInstanceUID);
    }
    const whose = (instance?: DicomInstance): { patient: number; visit: number } => {
      const { patientKey = '', studyInstanceUID = '' } = instance?.header ?? {};
      const patient = people.numberOf(patientKey);
      return { patient, visit: visits.get(patient)?.numberOf(studyInstanceUID) ?? 1 };
    };
    const drafts = [
      ...this.scans.map((scan) => ({ first: this.firstOf(filesOfScan(scan)), scan })),
      ...[...this.left.values()].map((line) => ({ first: this.firstOf(line.instances), line })),
    ].sort((a, b) => a.first - b.first);
    const scans: DicomScan[] = [];
    const left: DicomLeftOut[] = [];
    drafts.forEach((draft, n) => {
      const id = `dicom-${n + 1}`;
      if ('line' in draft) {
        const { instances, refusal } = draft.line;
        left.push(leftOutOf(id, instances, refusal, whose(instances[0])));
        return;
      }
      const { patient, visit } = whose(draft.scan.first.stack.slices[0]?.instance);
      scans.push(scanOf(id, draft.scan, { patient, visit }));
    });
    return { scans, left };
  }

  private firstOf(instances: readonly DicomInstance[]): number {
    return Math.min(...instances.map(({ source }) => this.found.get(source) ?? 0));
  }
}

class Numbering {
  private readonly numbers = new Map<string, number>();

  numberOf(key: string): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.numbers.size + 1);
    return this.numbers.size;
  }
}

interface ScanDraft {
  readonly first: PlacedVolume;
  readonly repeats: readonly PlacedVolume[];
  /** Copies of whole files. */
  readonly duplicates: readonly DicomInstance[];
}

function filesOfScan({ first, repeats, duplicates }: ScanDraft): readonly DicomInstance[] {
  return [...[first, ...repeats].flatMap(({ stack }) => filesOf(stack)), ...duplicates];
}

function scanOf(
  id: string,
  draft: ScanDraft,
  who: { readonly patient: number; readonly visit: number },
): DicomScan {
  const { first, repeats, duplicates } = draft;
  const files = new Map(filesOfScan(draft).map(({ source, header }) => [source, header]));
  const [header] = files.values();
  const slices = slicesOf(first);
  const [start] = slices.flatMap((slice) => slice ?? []);
  if (start && duplicates.length > 0) {
    slices[slices.indexOf(start)] = { ...start, duplicates };
  }
  return {
    id,
    kind: 'dicom',
    modality: (header?.modality ?? 'MR') as Modality, // others were left out
    description: header?.description ?? '',
    ...who,
    grid: first.grid.grid,
    files: files.size,
    bytes: [...files.keys()].reduce((sum, { size }) => sum + size, 0),
    warnings: [...first.grid.warnings, ...warningsOf(draft)],
    slices,
    repeats: repeats.map(slicesOf),
  };
}

function slicesOf({ stack, grid }: PlacedVolume): (DicomSlice | null)[] {
  return grid.order.map((n) => {
    const slice = n === null ? undefined : stack.slices[n];
    return slice ? { instance: slice.instance, duplicates: slice.duplicates } : null;
  });
}

function warningsOf(draft: ScanDraft): ScanWarning[] {
  const { stack } = draft.first;
  const headers = stack.slices.map(({ instance }) => instance.header);
  const first = headers[0];
  const duplicates = stack.slices.reduce(
    (sum, slice) => sum + slice.duplicates.length,
    draft.duplicates.length,
  );
  const warnings: ScanWarning[] = [];
  if (draft.repeats.length > 0) {
    warnings.push(scanWarning('repeats/place', { volumes: draft.repeats.length + 1 }));
  }
  if (duplicates > 0) {
    warnings.push(
      duplicates === 1
        ? scanWarning('duplicate-slice/one')
        : scanWarning('duplicate-slice/many', { files: duplicates }),
    );
  }
  if (headers.every((header) => header.recognizableVisualFeatures === 'NO')) {
    warnings.push(scanWarning('already-defaced'));
  }
  if (
    headers.some(
      (header) =>
        header.lossy ||
        (mayBeLossy(header.transferSyntaxUID) && !header.transferSyntaxUID.endsWith('.91')),
    )
  ) {
    warnings.push(scanWarning('lossy'));
  }
  const varies = headers.some(
    ({ rescale }) =>
      rescale.slope !== first?.rescale.slope || rescale.intercept !== first.rescale.intercept,
  );
  // In PET every slice has a slope of its own.
  if (varies && first?.modality !== 'PT') {
    warnings.push(scanWarning('rescale-varies'));
  }
  return warnings;
}

function leftOutOf(
  id: string,
  instances: readonly DicomInstance[],
  { decision, reason }: Refusal,
  { patient, visit }: { readonly patient: number; readonly visit: number },
): DicomLeftOut {
  const header = instances[0]?.header;
  return {
    id,
    kind: 'dicom',
    modality: header?.modality ?? '',
    description: header?.description ?? '',
    files: instances.length,
    decision,
    reason,
    patient,
    visit,
    instances,
  };
}
