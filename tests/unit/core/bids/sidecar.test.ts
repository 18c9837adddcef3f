import { expect, test } from 'vitest';
import { cleanSidecar } from '../../../../src/core/bids/sidecar.ts';

/** What dcm2niix 1.0.20220720 writes, with its `-ba n` fields, and what other tools add. */
const SIDECAR = {
  Modality: 'MR',
  MagneticFieldStrength: 3,
  Manufacturer: 'Siemens',
  ManufacturersModelName: 'Prisma',
  InstitutionName: 'Charite',
  InstitutionalDepartmentName: 'Neuro',
  InstitutionAddress: 'Berlin',
  DeviceSerialNumber: '35131',
  StationName: 'MRC1',
  SeriesInstanceUID: '1.3.12.2.1107.5.2',
  StudyID: '1',
  PatientName: 'Wernicke^Carl',
  PatientBirthDate: '1848-05-15',
  PatientSex: 'M',
  PatientWeight: 77.1,
  AcquisitionDateTime: '2018-09-18T12:20:42.5',
  AcquisitionTime: '12:20:42.5',
  SeriesDescription: 'Wernicke T1',
  ProtocolName: 'Carl second try',
  ProcedureStepDescription: 'Doe^head',
  ImageComments: 'ask Carl',
  ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'],
  SliceTiming: [0, 1.2, 0.6],
  EchoTime: 0.00298,
  FlipAngle: 9,
  PhaseEncodingDirection: 'j-',
  TaskName: 'rest',
  PulseSequenceDetails: 'written for Wernicke',
  IntendedFor: ['ses-1/func/sub-01_ses-1_task-rest_bold.nii.gz'],
  Instructions: 'Tell Mr Wernicke to lie still',
  ConversionSoftware: 'dcm2niix',
  global: { const: { PatientName: 'Wernicke^Carl' } },
  SourceFile: '/home/carl/wernicke.dcm',
};

test('technical fields stay, who, where and when go', () => {
  const { json, removed } = cleanSidecar(SIDECAR, null);

  expect(JSON.stringify(json)).not.toMatch(
    /Wernicke|Carl|Charite|Berlin|35131|1848|2018|12:20|Doe/i,
  );
  expect(Object.keys(json).sort()).toEqual(
    [
      'Modality',
      'MagneticFieldStrength',
      'Manufacturer',
      'ManufacturersModelName',
      'ImageType',
      'SliceTiming',
      'EchoTime',
      'FlipAngle',
      'PhaseEncodingDirection',
      'TaskName',
      'IntendedFor',
      'ConversionSoftware',
    ].sort(),
  );
  expect(removed).toContain('PatientWeight');
  expect(removed.length + Object.keys(json).length).toBe(Object.keys(SIDECAR).length);
});

test('what was done is added, in the fields of BIDS', () => {
  const code = { CodeValue: '113102', CodeMeaning: 'x', CodingSchemeDesignator: 'DCM' };
  const { json } = cleanSidecar({ EchoTime: 1 }, { methods: ['Efface 1.0'], codes: [code] });

  expect(json).toEqual({
    EchoTime: 1,
    DeidentificationMethod: ['Efface 1.0'],
    DeidentificationMethodCodeSequence: [code],
  });
});
