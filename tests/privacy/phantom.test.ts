/** The phantom's person carries a marker in every value that names her: none may be left. */
import { describe, expect, test } from 'vitest';
import { createMemorySink } from '../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../src/app/export-scans.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { textAt } from '../../src/core/deidentify/element-value.ts';
import { uprightGrid } from '../../src/core/geometry/grid.ts';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import { itemOf, noDecoder, open, options, secrets, sure } from '../support/export-fixture.ts';
import { memoryFile } from '../support/shared-data.ts';

const volume = (modality: 'CT' | 'MR'): Volume => {
  const grid = uprightGrid([24, 28, 12], 9, [0, 0, 0]);
  return {
    grid,
    modality,
    stored: Uint16Array.from({ length: 24 * 28 * 12 }, (_, v) => (v * 31) % 900),
    rescale: [{ slope: 1, intercept: modality === 'CT' ? -1024 : 0 }],
    padding: null,
    air: [0],
  };
};

describe.each(['CT', 'MR'] as const)('a phantom %s', (modality) => {
  test.each(['explicit', 'implicit'] as const)('in %s VR', async (transferSyntax) => {
    const phantom = { volume: volume(modality) };
    const files = [...phantomDicom(phantom, { marker: 'ZQX7', transferSyntax })];
    const scans = await open(files.map(({ path, bytes }) => memoryFile(path, bytes)));
    const sink = createMemorySink();
    const report = await exportScans([await itemOf(sure(scans[0]))], options({ mask: true }), {
      sink,
      secrets,
      decoder: noDecoder,
    });
    const everything = [...sink.files]
      .map(([path, bytes]) => path + Buffer.from(bytes).toString('latin1'))
      .join('\n');

    expect(files.some(({ bytes }) => Buffer.from(bytes).toString('latin1').includes('ZQX7'))).toBe(
      true,
    );
    expect(report.series[0]?.decision).toBe('deface');
    expect(report.series[0]?.output).toHaveLength(14);
    expect(everything).not.toMatch(/ZQX7|REFERRER|OPERATOR|PERFORMER|HOSPITAL|Nowhere/i);
    const file = parsePart10(sure(sink.files.get(sure(report.series[0]?.output[0]))));
    expect(textAt(file, file.dataSet, 0x00080070)).toBe('EFFACE');
  });
});
