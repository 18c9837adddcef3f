/** CRC-32 as gzip (RFC 1952 §8) and ZIP use it. */

const TABLE = makeTable();

/** The checksum of the bytes; pass the one so far to go on where it ended. */
export function crc32(bytes: Uint8Array, soFar = 0): number {
  let crc = ~soFar;
  for (let n = 0; n < bytes.length; n++) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[n] as number)) & 0xff] as number);
  }
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  const table = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[n] = crc;
  }
  return table;
}
