/** What this page keeps in the browser, and its end. */

export interface Cleared {
  readonly caches: number;
  /** Private files and databases. */
  readonly files: number;
  readonly settings: number;
}

/**
 * Removes caches, private files, databases and settings of this address, and the worker that
 * answers without a network. What is open in the tab stays.
 *
 * @throws where the browser refuses
 */
export async function clearKept(): Promise<Cleared> {
  const settings = localStorage.length + sessionStorage.length;
  localStorage.clear();
  sessionStorage.clear();
  const { serviceWorker, storage } = navigator as Partial<Navigator>;
  for (const registration of (await serviceWorker?.getRegistrations()) ?? []) {
    await registration.unregister();
  }
  const names = 'caches' in globalThis ? await caches.keys() : [];
  for (const name of names) await caches.delete(name);
  return {
    caches: names.length,
    files: (await clearFiles(storage)) + (await clearDatabases()),
    settings,
  };
}

async function clearFiles(storage: Partial<StorageManager> | undefined): Promise<number> {
  const root = await storage?.getDirectory?.();
  if (!root) return 0;
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
  return names.length;
}

async function clearDatabases(): Promise<number> {
  const { indexedDB } = globalThis as Partial<typeof globalThis>;
  // Firefox before 126 cannot list them.
  const all = (await (indexedDB as Partial<IDBFactory> | undefined)?.databases?.()) ?? [];
  const names = all.flatMap(({ name }) => name ?? []);
  for (const name of names) indexedDB?.deleteDatabase(name);
  return names.length;
}
