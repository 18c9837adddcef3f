/**
 * Where the fields of a header lie: nifti1.h (348 bytes) and nifti2.h (540 bytes). Fields
 * keep their names of the standard in camel case; offsets are bytes.
 */

export type NiftiVersion = 1 | 2;

const FIELDS = {
  datatype: [70, 12],
  bitpix: [72, 14],
  dim: [40, 16],
  pixdim: [76, 104],
  voxOffset: [108, 168],
  sclSlope: [112, 176],
  sclInter: [116, 184],
  calMax: [124, 192],
  calMin: [128, 200],
  qformCode: [252, 344],
  sformCode: [254, 348],
  quatern: [256, 352],
  qoffset: [268, 376],
  srow: [280, 400],
  xyztUnits: [123, 500],
} as const;
type Field = keyof typeof FIELDS;
type FloatField =
  'pixdim' | 'sclSlope' | 'sclInter' | 'calMax' | 'calMin' | 'quatern' | 'qoffset' | 'srow';

/** Bytes of the header itself; an extension flag of four bytes follows. */
export function headerBytes(version: NiftiVersion): number {
  return version === 1 ? 348 : 540;
}

/** Text that tools fill as they like, as [start, length]; `descrip` first. */
export function textFields(version: NiftiVersion): readonly (readonly [number, number])[] {
  return version === 1
    ? // descrip, data_type, db_name, aux_file, intent_name
      [
        [148, 80],
        [4, 10],
        [14, 18],
        [228, 24],
        [328, 16],
      ]
    : // descrip, aux_file, intent_name, unused_str
      [
        [240, 80],
        [320, 24],
        [508, 16],
        [525, 15],
      ];
}

export interface HeaderFields {
  /** datatype, bitpix, qform_code, sform_code, xyzt_units. */
  code(field: 'datatype' | 'bitpix' | 'qformCode' | 'sformCode' | 'xyztUnits'): number;
  /** Element n of a field of floating point. */
  float(field: FloatField, n?: number): number;
  /** dim[n]. */
  dim(n: number): number;
  voxOffset(): number;
  setCode(field: 'datatype' | 'bitpix', value: number): void;
  setFloat(field: FloatField, value: number): void;
  setDim(n: number, value: number): void;
  setVoxOffset(value: number): void;
}

/** Reads and writes the fields of a header that lies in `bytes`. */
export function headerFields(
  bytes: Uint8Array,
  version: NiftiVersion,
  littleEndian: boolean,
): HeaderFields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (field: Field): number => FIELDS[field][version - 1] as number;
  if (version === 1) {
    return {
      code: (field) =>
        field === 'xyztUnits' ? view.getUint8(at(field)) : view.getInt16(at(field), littleEndian),
      float: (field, n = 0) => view.getFloat32(at(field) + 4 * n, littleEndian),
      dim: (n) => view.getInt16(at('dim') + 2 * n, littleEndian),
      voxOffset: () => view.getFloat32(at('voxOffset'), littleEndian),
      setCode: (field, value) => {
        view.setInt16(at(field), value, littleEndian);
      },
      setFloat: (field, value) => {
        view.setFloat32(at(field), value, littleEndian);
      },
      setDim: (n, value) => {
        view.setInt16(at('dim') + 2 * n, value, littleEndian);
      },
      setVoxOffset: (value) => {
        view.setFloat32(at('voxOffset'), value, littleEndian);
      },
    };
  }
  return {
    code: (field) =>
      field === 'datatype' || field === 'bitpix'
        ? view.getInt16(at(field), littleEndian)
        : view.getInt32(at(field), littleEndian),
    float: (field, n = 0) => view.getFloat64(at(field) + 8 * n, littleEndian),
    dim: (n) => Number(view.getBigInt64(at('dim') + 8 * n, littleEndian)),
    voxOffset: () => Number(view.getBigInt64(at('voxOffset'), littleEndian)),
    setCode: (field, value) => {
      view.setInt16(at(field), value, littleEndian);
    },
    setFloat: (field, value) => {
      view.setFloat64(at(field), value, littleEndian);
    },
    setDim: (n, value) => {
      view.setBigInt64(at('dim') + 8 * n, BigInt(value), littleEndian);
    },
    setVoxOffset: (value) => {
      view.setBigInt64(at('voxOffset'), BigInt(value), littleEndian);
    },
  };
}
