/**
 * A contract: cases that every implementation of a port has to pass. They use no test
 * runner, so that the same cases run in a page, where some implementations live.
 */
export interface ContractCase<Subject> {
  /** A sentence that could be false. */
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(plain(actual)), JSON.stringify(plain(expected))];
  if (a !== b) throw new Error(`${what}: got ${a.slice(0, 300)}, expected ${b.slice(0, 300)}`);
}

export async function rejects(
  action: Promise<unknown>,
  what: string,
  code?: string,
): Promise<void> {
  let error: unknown = null;
  try {
    await action;
  } catch (caught) {
    error = caught;
  }
  if (error === null) throw new Error(`${what}: was expected to fail`);
  if (code !== undefined) equal((error as { code?: unknown }).code, code, what);
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : value;
}
