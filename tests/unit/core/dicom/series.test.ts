import { describe, expect, test } from 'vitest';
import type { DicomInstance, GroupedInstances } from '../../../../src/core/dicom/dicom-scan.ts';
import { groupInstances } from '../../../../src/core/dicom/series.ts';
import { discriminators, heights, instance, slicesAt } from '../../../support/dicom-header.ts';

const group = (instances: readonly DicomInstance[]): GroupedInstances =>
  groupInstances(instances, { minSlices: 3 });

const codes = ({ left }: GroupedInstances): string[] => left.map(({ reason }) => reason.code);

describe('splitting', () => {
  test('two echoes in one series become two scans of the same grid', () => {
    const [first, second] = [1, 2].map((echoNumber) =>
      slicesAt(heights(0, 2, 4), { discriminators: discriminators({ echoNumber }) }),
    );
    const { scans } = group([...(first ?? []), ...(second ?? [])]);
    expect(
      scans.map(({ slices }) => slices.map((s) => s?.instance.header.discriminators.echoNumber)),
    ).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  test('an acquisition number that counts slices does not split', () => {
    const slices = heights(0, 2, 4, 6).map((position, n) =>
      instance({ position, discriminators: discriminators({ acquisitionNumber: n }) }),
    );
    expect(group(slices).scans).toHaveLength(1);
  });

  test('a time that differs from slice to slice does not tear repeats apart', () => {
    const slices = heights(0, 2, 4, 0, 2, 4).map((position, n) =>
      instance({ position, discriminators: discriminators({ triggerTime: 10 * n }) }),
    );
    expect(group(slices).scans.map(({ grid }) => grid.size[2])).toEqual([3, 3]);
  });

  test('repeats that no attribute tells apart are told apart by time', () => {
    const slices = ['101500', '101000'].flatMap((acquisitionTime) =>
      slicesAt(heights(0, 2, 4), { acquisitionTime }),
    );
    const { scans } = group(slices);
    expect(
      scans.map(({ slices: s }) => new Set(s.map((x) => x?.instance.header.acquisitionTime)).size),
    ).toEqual([1, 1]);
  });

  test('interleaved acquisitions that are uneven together are separated', () => {
    const a = slicesAt(heights(0, 5, 10), {
      discriminators: discriminators({ acquisitionNumber: 1 }),
    });
    const b = slicesAt(heights(1.7, 6.7, 11.7), {
      discriminators: discriminators({ acquisitionNumber: 2 }),
    });
    expect(group([...a, ...b]).scans.map(({ grid }) => grid.size[2])).toEqual([3, 3]);
  });

  test.each([
    ['series', { seriesInstanceUID: '9' }],
    ['frames of reference', { frameOfReferenceUID: '9' }],
    ['matrices', { rows: 4, pixelData: null }],
    ['kinds of image', { imageType: ['ORIGINAL', 'PRIMARY', 'P'] }],
    ['pixel types', { signed: true }],
  ] as const)('different %s are never stacked', (_, changes) => {
    const other = { pixelData: { kind: 'stored', dataStart: 0, length: 32 } as const };
    const slices = [
      ...slicesAt(heights(0, 2, 4)),
      ...slicesAt(heights(6, 8, 10), { ...changes, ...other }),
    ];
    expect(group(slices).scans).toHaveLength(2);
  });

  test('orientations are split, and parts too small are left out as a mixture', () => {
    const sagittal = { row: [0, 1, 0], column: [0, 0, -1] } as const;
    const result = group([
      ...slicesAt(heights(0, 2)),
      ...slicesAt(
        [
          [0, 0, 0],
          [3, 0, 0],
        ],
        { orientation: sagittal },
      ),
    ]);
    expect(codes(result)).toEqual(['geometry/mixed-orientation']);
    expect(result.left[0]?.files).toBe(4);
  });

  test('directions that differ by rounding are one', () => {
    const wobble = heights(0, 2, 4).map((position, n) =>
      instance({ position, orientation: { row: [1, n * 1e-4, 0], column: [0, 1, 0] } }),
    );
    expect(group(wobble).scans).toHaveLength(1);
  });
});

describe('duplicates', () => {
  test('a second file of one SOP instance belongs to its slice and makes no slice of its own', () => {
    const slices = slicesAt(heights(0, 2, 4));
    const copy = instance(slices[1]?.header);
    const { scans } = group([...slices, copy]);
    expect(scans).toHaveLength(1);
    expect(scans[0]?.slices[1]?.duplicates).toEqual([copy]);
    expect([scans[0]?.files, scans[0]?.warnings[0]?.id]).toEqual([4, 'duplicate-slice/one']);
  });

  test('one UID given to all slices does not make them duplicates', () => {
    const [scan] = group(slicesAt(heights(0, 2, 4), { sopInstanceUID: '1.1' })).scans;
    expect(scan?.slices.map((slice) => slice?.duplicates.length)).toEqual([0, 0, 0]);
  });
});

describe('PET', () => {
  const PET = { modality: 'PT', seriesType: ['DYNAMIC', 'IMAGE'] } as const;

  test('is read, and a slope for each slice is nothing to warn of', () => {
    const slices = slicesAt(heights(0, 2, 4), PET).map(({ source, header }, n) => ({
      source,
      header: { ...header, rescale: { slope: 1 + n, intercept: 0 } },
    }));
    const { scans, left } = group(slices);
    expect(left).toEqual([]);
    expect(scans.map(({ modality }) => modality)).toEqual(['PT']);
    expect(scans[0]?.warnings).toEqual([]);
  });

  test('frames of a dynamic series are one scan each, by the time they stand for', () => {
    // Written newest first, without any other attribute to tell them apart.
    const slices = [30_000, 10_000].flatMap((frameReferenceTime) =>
      slicesAt(heights(0, 2, 4), {
        ...PET,
        discriminators: discriminators({ frameReferenceTime }),
      }),
    );
    const { scans } = group(slices);
    const times = scans.map(({ slices: found }) => [
      ...new Set(
        found.map((slice) => slice?.instance.header.discriminators.frameReferenceTime ?? null),
      ),
    ]);
    expect(times).toEqual([[30_000], [10_000]]);
  });
});

describe('what is left out', () => {
  test.each([
    ['dicom/directory', { sopClassUID: '1.2.840.10008.1.3.10', pixelData: null }],
    ['dicom/no-pixel-data', { modality: 'SR', pixelData: null }],
    ['dicom/colour', { photometric: 'RGB', samplesPerPixel: 3 }],
    ['dicom/colour', { photometric: 'PALETTE COLOR' }],
    ['dicom/not-ct-or-mr', { modality: 'NM' }],
    ['dicom/derived', { modality: 'PT', seriesType: ['STATIC', 'REPROJECTION'] }],
    ['dicom/derived', { sopClassUID: '1.2.840.10008.5.1.4.1.1.7' }],
    ['dicom/derived', { imageType: ['DERIVED', 'SECONDARY', 'MPR'] }],
    ['dicom/derived', { imageType: ['DERIVED', 'SECONDARY', 'PROJECTION IMAGE', 'MIP'] }],
    ['dicom/localizer', { imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }],
    ['dicom/burned-in', { burnedIn: true }],
    ['dicom/multi-frame', { parts: { kind: 'frames', problem: 'frames/no-groups' } }],
    ['dicom/mosaic', { parts: { kind: 'mosaic', problem: 'mosaic/no-count' } }],
    ['dicom/unsupported-transfer-syntax', { transferSyntaxUID: '1.2.840.10008.1.2.4.100' }],
    ['dicom/jpeg-12-bits', { transferSyntaxUID: '1.2.840.10008.1.2.4.51' }],
    ['dicom/unsupported-pixels', { pixelData: { kind: 'float', dataStart: 0, length: 48 } }],
    ['dicom/unsupported-pixels', { bitsAllocated: 1 }],
    ['dicom/damaged', { rows: 0 }],
    ['geometry/no-slices', { position: null }],
    ['geometry/no-slices', { pixelSpacing: null }],
    ['geometry/degenerate', { orientation: { row: [1, 0, 0], column: [1, 0, 0] } }],
  ] as const)('%s', (code, changes) => {
    const result = group(slicesAt(heights(0, 2, 4, 6), changes));
    if ('position' in changes) {
      expect(codes(group(heights(0, 2, 4).map(() => instance(changes))))).toEqual([code]);
      return;
    }
    expect(result.scans).toEqual([]);
    expect(codes(result)).toEqual([code]);
  });

  test('a file of more than 2 GB is left out, because it could not be written', () => {
    const slices = slicesAt(heights(0, 2, 4, 6)).map(({ source, header }, n) => ({
      header,
      source: { ...source, size: n === 1 ? 3 * 2 ** 30 : 2 ** 31 - 1 },
    }));
    const result = group(slices);
    expect(result.left.map(({ reason }) => reason)).toEqual([
      { code: 'file/too-large-to-write', details: { megabytes: 3072 } },
    ]);
    expect(result.scans).toHaveLength(1);
  });

  test('an original that GE calls MPR stays', () => {
    const slices = slicesAt(heights(0, 2, 4), { imageType: ['ORIGINAL', 'PRIMARY', 'MPR'] });
    expect(group(slices).scans).toHaveLength(1);
  });

  test('repeated measurements of one place are no volume', () => {
    expect(codes(group(slicesAt(heights(7, 7, 7, 7))))).toEqual(['geometry/same-position']);
  });

  test('too few slices are left out with their number, below eight unless told otherwise', () => {
    const slices = slicesAt(heights(0, 2, 4, 6, 8, 10, 12));
    expect(groupInstances(slices).left[0]?.reason).toEqual({
      code: 'geometry/too-few-slices',
      details: { slices: 7 },
    });
    expect(groupInstances([...slices, ...slicesAt(heights(14))]).scans).toHaveLength(1);
  });

  test('no text of the header gets into a reason', () => {
    const result = group([
      instance({ modality: 'Doe^Jane' }),
      instance({ photometric: 'DOE^JANE', seriesInstanceUID: '7' }),
    ]);
    expect(JSON.stringify(result.left.map(({ reason }) => reason)).toUpperCase()).not.toContain(
      'DOE',
    );
  });
});

test('numbers patients and visits from 1 in the order found', () => {
  const scan = (patientKey: string, studyInstanceUID: string): DicomInstance[] =>
    slicesAt(heights(0, 2, 4), {
      patientKey,
      studyInstanceUID,
      seriesInstanceUID: `${studyInstanceUID}.1`,
    });
  const { scans } = group([
    ...scan('b', '1'),
    ...scan('a', '2'),
    ...scan('b', '3'),
    ...scan('a', '4'),
  ]);
  expect(scans.map(({ id, patient, visit }) => [id, patient, visit])).toEqual([
    ['dicom-1', 1, 1],
    ['dicom-2', 2, 1],
    ['dicom-3', 1, 2],
    ['dicom-4', 2, 2],
  ]);
});

test('warns of earlier defacing, lossy compression and rescales that vary', () => {
  const slices = heights(0, 2, 4).map((position, n) =>
    instance({
      position,
      recognizableVisualFeatures: 'NO',
      lossy: true,
      rescale: { slope: 1 + n, intercept: 0 },
    }),
  );
  expect(group(slices).scans[0]?.warnings.map(({ id }) => id)).toEqual([
    'already-defaced',
    'lossy',
    'rescale-varies',
  ]);
});
