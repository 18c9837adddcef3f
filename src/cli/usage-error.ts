/** What a person did not type as it is understood. */
/** A command that was not understood: exit code 2, its message is for the person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError that names what the option takes */
export function oneOf<Value extends string>(
  text: string,
  values: readonly Value[],
  option: string,
): Value {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined)
    throw new UsageError(`${option} takes ${values.join(', ')}; not "${text}".`);
  return value;
}
