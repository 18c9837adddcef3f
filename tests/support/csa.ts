/** A Siemens CSA image header (SV10), written by hand for tests. */
export function csaHeader(
  fields: Readonly<Record<string, readonly string[]>>,
): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [Buffer.from('SV10\x04\x03\x02\x01', 'latin1')];
  const words = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(4 * values.length);
    values.forEach((value, n) => bytes.writeInt32LE(value, 4 * n));
    return bytes;
  };
  parts.push(words(Object.keys(fields).length, 77));
  for (const [name, values] of Object.entries(fields)) {
    const head = Buffer.alloc(64);
    head.write(name, 'latin1');
    // What stands behind the NUL of a name is rubbish of the scanner's memory.
    head.write('Wernicke', name.length + 1, 'latin1');
    parts.push(head, words(values.length), Buffer.from('FD\0\0'), words(4, values.length, 77));
    for (const value of values) {
      const data = Buffer.alloc(4 * Math.ceil((value.length + 1) / 4));
      data.write(value, 'latin1');
      parts.push(words(value.length + 1, value.length + 1, 77, value.length + 1), data);
    }
  }
  return new Uint8Array(Buffer.concat(parts));
}
