import { expect, test } from 'vitest';
import { cleanParticipants, cleanScansTable } from '../../../../src/core/bids/table.ts';

test('the time of a scan goes, its file name stays', () => {
  expect(
    cleanScansTable(
      'filename\tacq_time\tquality\nanat/sub-01_T1w.nii.gz\t2018-09-18T12:20:42\t3\n',
    ),
  ).toBe('filename\tacq_time\tquality\nanat/sub-01_T1w.nii.gz\tn/a\t3\n');
});

test('ages over 89 are pooled, names and days go, columns keep their number', () => {
  const table = [
    'participant_id\tage\tsex\tlast_name\tscan_date\tgroup',
    'sub-01\t93\tF\tDoe\t2018-01-01\tcase',
    'sub-02\t34.5\tM\tRoe\tn/a\tcontrol',
    '',
  ].join('\r\n');

  expect(cleanParticipants(table)).toBe(
    [
      'participant_id\tage\tsex\tlast_name\tscan_date\tgroup',
      'sub-01\t89\tF\tn/a\tn/a\tcase',
      'sub-02\t34.5\tM\tn/a\tn/a\tcontrol',
      '',
    ].join('\r\n'),
  );
});
