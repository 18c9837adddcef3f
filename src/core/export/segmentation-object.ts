/**
 * What was removed from a DICOM series, as a Segmentation object beside it (PS3.3 A.51,
 * C.8.20): one binary segment, a frame for each slice in which something was removed.
 */
import { find, textAt } from '../deidentify/element-value.ts';
import type { Part10File } from '../dicom/element.ts';
import { attribute, part10Bytes, type Attribute } from '../dicom/new-file.ts';
import { axisStep, indexToLps, norm, scale, spacingOf } from '../geometry/affine.ts';
import { assert } from '../errors.ts';
import type { Mask } from '../volume/volume.ts';

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4';

export interface SegmentationSource {
  /** An instance of the series as it was written: the object takes its patient and study from it. */
  readonly instance: Part10File;
  readonly mask: Mask;
  /** SOP Class and SOP Instance UID of what was written in each slice; null where no file is. */
  readonly slices: readonly ({ readonly sopClass: string; readonly sopInstance: string } | null)[];
  readonly uids: {
    /** Series Instance UID of the series that the mask belongs to, as written. */
    readonly sourceSeries: string;
    readonly series: string;
    readonly instance: string;
    readonly dimensions: string;
  };
  readonly version: string;
}

/** Attributes of the Patient and General Study modules that the object shares with the series. */
const SHARED = [
  [0x00080005, 'CS'],
  [0x00080020, 'DA'],
  [0x00080030, 'TM'],
  [0x00080050, 'SH'],
  [0x00080090, 'PN'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00100030, 'DA'],
  [0x00100040, 'CS'],
  [0x00120062, 'CS'],
  [0x00120063, 'LO'],
  [0x0020000d, 'UI'],
  [0x00200010, 'SH'],
  [0x00200052, 'UI'],
  [0x00201040, 'LO'],
  [0x00280303, 'CS'],
] as const;
/** Of Type 2: there, and empty, where the series has none. */
const OPTIONAL = new Set([0x00080005, 0x00120062, 0x00120063, 0x00280303]);

/** @returns null where nothing was removed */
export function segmentationObject(source: SegmentationSource): Uint8Array<ArrayBuffer> | null {
  const { mask, slices, uids } = source;
  const [ni, nj, nk] = mask.grid.size;
  assert(slices.length === nk, 'every slice has its instance');
  const perSlice = ni * nj;
  const frames: number[] = [];
  for (let k = 0; k < nk; k++) {
    if (slices[k] && mask.voxels.subarray(k * perSlice, (k + 1) * perSlice).includes(1)) {
      frames.push(k);
    }
  }
  if (frames.length === 0) return null;
  return part10Bytes(
    [
      ...shared(source.instance),
      ...about(source, frames),
      ...functionalGroups(source, frames),
      attribute(0x7fe00010, 'OB', packed(mask, frames)),
    ],
    {
      explicit: true,
      sopClassUid: SEGMENTATION,
      sopInstanceUid: uids.instance,
      implementation: 'EFFACE',
    },
  );
}

function shared(file: Part10File): Attribute[] {
  return SHARED.flatMap(([tag, vr]) => {
    const there = find(file.dataSet, tag);
    if (!there && OPTIONAL.has(tag)) return [];
    return [attribute(tag, vr, there ? textAt(file, file.dataSet, tag).trim() : '')];
  });
}

function about({ mask, uids, slices, version }: SegmentationSource, frames: number[]): Attribute[] {
  const [ni, nj] = mask.grid.size;
  const used = slices.flatMap((slice) => (slice ? [slice] : []));
  return [
    attribute(0x00080008, 'CS', 'DERIVED\\PRIMARY'),
    attribute(0x00080016, 'UI', SEGMENTATION),
    attribute(0x00080018, 'UI', uids.instance),
    // Type 1, and the day of the run is nobody's business.
    attribute(0x00080023, 'DA', '19000101'),
    attribute(0x00080033, 'TM', '000000'),
    attribute(0x00080060, 'CS', 'SEG'),
    attribute(0x00080070, 'LO', 'Efface'),
    attribute(0x0008103e, 'LO', 'Removed by Efface'),
    attribute(0x00081090, 'LO', 'Efface'),
    attribute(0x00081115, 'SQ', [
      [
        attribute(
          0x0008114a,
          'SQ',
          used.map(({ sopClass, sopInstance }) => [
            attribute(0x00081150, 'UI', sopClass),
            attribute(0x00081155, 'UI', sopInstance),
          ]),
        ),
        attribute(0x0020000e, 'UI', uids.sourceSeries),
      ],
    ]),
    attribute(0x00181000, 'LO', '1'),
    attribute(0x00181020, 'LO', version),
    attribute(0x0020000e, 'UI', uids.series),
    attribute(0x00200011, 'IS', '9000'),
    attribute(0x00200013, 'IS', '1'),
    attribute(0x00209221, 'SQ', [[attribute(0x00209164, 'UI', uids.dimensions)]]),
    attribute(0x00209222, 'SQ', [
      dimension(uids.dimensions, 0x0062000b, 0x0062000a),
      dimension(uids.dimensions, 0x00200032, 0x00209113),
    ]),
    attribute(0x00280002, 'US', [1]),
    attribute(0x00280004, 'CS', 'MONOCHROME2'),
    attribute(0x00280008, 'IS', String(frames.length)),
    attribute(0x00280010, 'US', [nj]),
    attribute(0x00280011, 'US', [ni]),
    attribute(0x00280100, 'US', [1]),
    attribute(0x00280101, 'US', [1]),
    attribute(0x00280102, 'US', [0]),
    attribute(0x00280103, 'US', [0]),
    attribute(0x00282110, 'CS', '00'),
    attribute(0x00620001, 'CS', 'BINARY'),
    attribute(0x00620002, 'SQ', [segment(version)]),
    attribute(0x00700080, 'CS', 'REMOVED'),
    attribute(0x00700081, 'LO', 'Voxels replaced in the series'),
    attribute(0x00700084, 'PN', ''),
  ];
}

function segment(version: string): readonly Attribute[] {
  return [
    attribute(0x00620003, 'SQ', [code('123037004', 'SCT', 'Anatomical Structure')]),
    attribute(0x00620004, 'US', [1]),
    attribute(0x00620005, 'LO', 'Removed'),
    attribute(0x00620008, 'CS', 'AUTOMATIC'),
    attribute(0x00620009, 'LO', `Efface ${version}`),
    attribute(0x0062000f, 'SQ', [code('89545001', 'SCT', 'Face')]),
  ];
}

function code(value: string, scheme: string, meaning: string): readonly Attribute[] {
  return [
    attribute(0x00080100, 'SH', value),
    attribute(0x00080102, 'SH', scheme),
    attribute(0x00080104, 'LO', meaning),
  ];
}

function dimension(organization: string, pointer: number, group: number): readonly Attribute[] {
  const at = (tag: number): Uint8Array =>
    Uint8Array.of((tag >>> 16) & 255, tag >>> 24, tag & 255, (tag >>> 8) & 255);
  return [
    attribute(0x00209164, 'UI', organization),
    attribute(0x00209165, 'AT', at(pointer)),
    attribute(0x00209167, 'AT', at(group)),
  ];
}

function functionalGroups({ mask, slices }: SegmentationSource, frames: number[]): Attribute[] {
  const { affine } = mask.grid;
  const spacing = spacingOf(affine);
  const unit = (axis: 0 | 1): readonly number[] => {
    const step = axisStep(affine, axis);
    return scale(step, 1 / norm(step));
  };
  return [
    attribute(0x52009229, 'SQ', [
      [
        attribute(0x00209116, 'SQ', [
          [attribute(0x00200037, 'DS', decimals([...unit(0), ...unit(1)]))],
        ]),
        attribute(0x00289110, 'SQ', [
          [
            attribute(0x00180050, 'DS', decimals([spacing[2]])),
            attribute(0x00280030, 'DS', decimals([spacing[1], spacing[0]])),
          ],
        ]),
        attribute(0x0062000a, 'SQ', [[attribute(0x0062000b, 'US', [1])]]),
      ],
    ]),
    attribute(
      0x52009230,
      'SQ',
      frames.map((k, n) => {
        const source = slices[k] as { sopClass: string; sopInstance: string };
        return [
          attribute(0x00089124, 'SQ', [
            [
              attribute(0x00082112, 'SQ', [
                [
                  attribute(0x00081150, 'UI', source.sopClass),
                  attribute(0x00081155, 'UI', source.sopInstance),
                  attribute(0x0040a170, 'SQ', [
                    code('121322', 'DCM', 'Source image for image processing operation'),
                  ]),
                ],
              ]),
              attribute(0x00089215, 'SQ', [code('113076', 'DCM', 'Segmentation')]),
            ],
          ]),
          attribute(0x00209111, 'SQ', [[attribute(0x00209157, 'UL', [1, n + 1])]]),
          attribute(0x00209113, 'SQ', [
            [attribute(0x00200032, 'DS', decimals(indexToLps(affine, [0, 0, k])))],
          ]),
        ];
      }),
    ),
  ];
}

/** Decimal strings of at most 16 characters (PS3.5 §6.2). */
function decimals(numbers: readonly number[]): string {
  return numbers.map((n) => String(Number(n.toPrecision(10))).slice(0, 16)).join('\\');
}

/** One bit a voxel, the first in the lowest bit, frames without a gap (PS3.5 §8.1.1). */
function packed({ grid, voxels }: Mask, frames: readonly number[]): Uint8Array {
  const perSlice = grid.size[0] * grid.size[1];
  const bytes = new Uint8Array(Math.ceil((frames.length * perSlice) / 8));
  frames.forEach((k, n) => {
    for (let v = 0; v < perSlice; v++) {
      if (!voxels[k * perSlice + v]) continue;
      const bit = n * perSlice + v;
      bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (bit & 7));
    }
  });
  return bytes;
}
