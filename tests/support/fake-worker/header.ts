import type { HeaderChange } from '../../../workers/api.ts';

export const HEADER: readonly HeaderChange[] = [
  change('(0008,0018)', 'SOPInstanceUID', '1.3.12.2.1107.5.1', '2.25.3068…', 'replaced'),
  change('(0008,0020)', 'StudyDate', '20210304', '', 'removed'),
  change('(0008,0050)', 'AccessionNumber', 'A-10993', '', 'removed'),
  change('(0008,0080)', 'InstitutionName', 'St. Example Hospital', '', 'removed'),
  change('(0008,0090)', 'ReferringPhysicianName', 'Doe^Jane', '', 'removed'),
  change('(0008,1030)', 'StudyDescription', 'Head routine', '', 'removed'),
  change('(0010,0010)', 'PatientName', 'Person^Nobody', 'P-6YQ2', 'replaced'),
  change('(0010,0020)', 'PatientID', '000000', 'P-6YQ2', 'replaced'),
  change('(0010,0030)', 'PatientBirthDate', '19700101', '', 'removed'),
  change('(0020,000D)', 'StudyInstanceUID', '1.3.12.2.1107.5.2', '2.25.1193…', 'replaced'),
  {
    ...change('(0008,1140)', 'ReferencedImageSequence', '3 items', '', 'removed'),
    rule: { kind: 'not-listed' },
  },
  {
    ...change('(0018,1000)', 'DeviceSerialNumber', '40213', '40213', 'kept'),
    rule: { kind: 'option', option: 'device' },
  },
  { ...change('(0029,1010)', 'Private', '11432 bytes', '', 'removed'), rule: { kind: 'private' } },
  change('(0012,0062)', 'PatientIdentityRemoved', '', 'YES', 'added'),
  change('(0012,0063)', 'DeidentificationMethod', '', 'Efface: face and ears removed', 'added'),
  change('(0028,0302)', 'RecognizableVisualFeatures', '', 'NO', 'added'),
];

function change(
  tag: string,
  keyword: string,
  before: string,
  after: string,
  action: HeaderChange['action'],
): HeaderChange {
  return { tag, keyword, before, after, action, rule: { kind: 'table', action: 'X' } };
}
