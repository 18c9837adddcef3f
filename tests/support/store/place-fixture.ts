/** Scans that lie in a store, defaced without a network, and saved in place. */
import { exportScans, type ExportItem } from '../../../src/app/export-scans.ts';
import { openScans, type OpenedScans } from '../../../src/app/open-scans.ts';
import { createPlaceSink } from '../../../src/app/place/place-sink.ts';
import { planPlace, type PlannedPlace, type PlanOptions } from '../../../src/app/place/plan.ts';
import { storeSources } from '../../../src/app/place/store-files.ts';
import type { Store } from '../../../src/app/ports.ts';
import { NONE } from '../../../src/core/deidentify/options.ts';
import type { Report } from '../../../src/core/report/report.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import { itemOf, noDecoder, options, secrets } from '../export-fixture.ts';
import { portsOf } from './node-digest.ts';

export async function put(store: Store, files: readonly SourceFile[]): Promise<void> {
  for (const file of files) await store.write(file.path, await file.read());
  await store.sync();
}

export interface PlaceRun {
  readonly names?: PlanOptions['names'];
  readonly leaveRest?: boolean;
  /** Headers stay, and what lies beside the images with them. */
  readonly headersStay?: boolean;
  /** What is done with each series, or to the store, between the plan and the swap. */
  readonly change?: (item: ExportItem, n: number) => ExportItem | Promise<ExportItem>;
}

export async function defaceInStore(
  store: Store,
  {
    names = 'keep',
    leaveRest = false,
    headersStay = false,
    change = (item) => item,
  }: PlaceRun = {},
): Promise<{ report: Report; opened: OpenedScans; planned: PlannedPlace }> {
  const opened = await openScans(storeSources(store), {});
  const planned = await planPlace(opened, portsOf(store), {
    names,
    rootName: 'root',
    companions: !headersStay,
  });
  const items: ExportItem[] = [];
  for (const [n, scan] of opened.scans.entries()) items.push(await change(await itemOf(scan), n));
  const sink = createPlaceSink(planned, portsOf(store), { leaveRest });
  const report = await exportScans(
    items,
    options({
      inPlace: true,
      left: opened.left,
      skipped: opened.skipped,
      others: opened.others,
      ...(headersStay ? { deidentification: NONE } : {}),
    }),
    { sink, secrets, decoder: noDecoder },
  );
  return { report, opened, planned };
}
