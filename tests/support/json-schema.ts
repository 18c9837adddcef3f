/** As much of JSON Schema (draft-07) as our own schema uses; anything else is an error. */

interface Schema {
  readonly [keyword: string]: unknown;
}

const KNOWN = new Set(
  `$schema $id $ref title description definitions type additionalProperties required properties
   items minItems maxItems minimum maximum pattern enum const anyOf`.split(/\s+/),
);

/** What is wrong with a value, as paths and sentences; empty where nothing is. */
export function violations(value: unknown, root: unknown): string[] {
  const definitions = (root as { definitions?: Record<string, Schema> }).definitions ?? {};
  return check(value, root as Schema, '$', definitions);
}

function check(
  value: unknown,
  schema: Schema,
  at: string,
  definitions: Record<string, Schema>,
): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) throw new Error(`keyword ${unknown.join()} is not supported`);
  if (typeof schema['$ref'] === 'string') {
    const target = definitions[schema['$ref'].replace('#/definitions/', '')];
    if (!target) throw new Error(`nothing at ${schema['$ref']}`);
    return check(value, target, at, definitions);
  }
  if (Array.isArray(schema['anyOf'])) {
    const all = (schema['anyOf'] as Schema[]).map((one) => check(value, one, at, definitions));
    return all.some((found) => found.length === 0) ? [] : (all[0] ?? []);
  }
  if ('const' in schema) return value === schema['const'] ? [] : [`${at}: another value`];
  if (Array.isArray(schema['enum']))
    return schema['enum'].includes(value) ? [] : [`${at}: not listed`];
  switch (schema['type']) {
    case 'null':
      return value === null ? [] : [`${at}: not null`];
    case 'string':
      if (typeof value !== 'string') return [`${at}: no string`];
      return new RegExp((schema['pattern'] as string | undefined) ?? '', 'u').test(value)
        ? []
        : [`${at}: against the pattern`];
    case 'integer':
    case 'number':
      return checkNumber(value, schema, at);
    case 'array':
      return checkArray(value, schema, at, definitions);
    case 'object':
      return checkObject(value, schema, at, definitions);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
    default:
      throw new Error(`type ${String(schema['type'])} is not supported`);
  }
}

function checkNumber(value: unknown, schema: Schema, at: string): string[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [`${at}: no number`];
  if (schema['type'] === 'integer' && !Number.isInteger(value)) return [`${at}: no integer`];
  const { minimum = -Infinity, maximum = Infinity } = schema as {
    minimum?: number;
    maximum?: number;
  };
  return value < minimum || value > maximum ? [`${at}: out of range`] : [];
}

function checkArray(
  value: unknown,
  schema: Schema,
  at: string,
  definitions: Record<string, Schema>,
): string[] {
  if (!Array.isArray(value)) return [`${at}: no array`];
  const { minItems = 0, maxItems = Infinity } = schema as { minItems?: number; maxItems?: number };
  if (value.length < minItems || value.length > maxItems) return [`${at}: wrong length`];
  return value.flatMap((one, n) =>
    check(one, schema['items'] as Schema, `${at}[${n}]`, definitions),
  );
}

function checkObject(
  value: unknown,
  schema: Schema,
  at: string,
  definitions: Record<string, Schema>,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at}: no object`];
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const missing = ((schema['required'] ?? []) as string[]).filter((name) => !(name in value));
  const found = missing.map((name) => `${at}.${name}: missing`);
  for (const [name, one] of Object.entries(value)) {
    const property = properties[name];
    if (property) found.push(...check(one, property, `${at}.${name}`, definitions));
    else if (schema['additionalProperties'] === false)
      found.push(`${at}.${name}: not in the schema`);
  }
  return found;
}
