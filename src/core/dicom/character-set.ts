/**
 * Text in the repertoires of (0008,0005) Specific Character Set (PS3.3 C.12.1.1.2,
 * PS3.5 §6.1.2), single and with ISO 2022 code extensions, for showing and searching.
 * Nothing is written in these: our own texts are ASCII, which all of them contain.
 */

/** Labels of the Encoding Standard that TextDecoder knows. */
const LABELS: Readonly<Record<string, string>> = {
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'iso-8859-9',
  '203': 'iso-8859-15',
  '166': 'windows-874',
  '13': 'shift_jis', // its single bytes are JIS X 0201
  '192': 'utf-8',
  '87': 'iso-2022-jp',
  '149': 'euc-kr',
  '58': 'gbk',
};

/** ISO 2022 escapes (without ESC) → what the bytes after them are (PS3.3 tables C.12-3, -4). */
const ESCAPES: readonly (readonly [string, Designation])[] = [
  ['(B', { g0: 'ascii' }],
  ['(J', { g0: 'ascii' }],
  [')I', { g1: 'shift_jis' }],
  ['$B', { g0: 'jis-0208' }],
  ['$@', { g0: 'jis-0208' }],
  ['$(D', { g0: 'jis-0212' }],
  ['$)C', { g1: 'euc-kr' }],
  ['$)A', { g1: 'gbk' }],
  ['-A', { g1: 'iso-8859-1' }],
  ['-B', { g1: 'iso-8859-2' }],
  ['-C', { g1: 'iso-8859-3' }],
  ['-D', { g1: 'iso-8859-4' }],
  ['-L', { g1: 'iso-8859-5' }],
  ['-G', { g1: 'iso-8859-6' }],
  ['-F', { g1: 'iso-8859-7' }],
  ['-H', { g1: 'iso-8859-8' }],
  ['-M', { g1: 'iso-8859-9' }],
  ['-b', { g1: 'iso-8859-15' }],
  ['-T', { g1: 'windows-874' }],
];

type G0 = 'ascii' | 'jis-0208' | 'jis-0212';
interface Designation {
  readonly g0?: G0;
  readonly g1?: string;
}

const ESC = 0x1b;
const decoders = new Map<string, TextDecoder>();

/**
 * The text of a value. `characterSet` are the values of (0008,0005); empty means ASCII,
 * read as Latin-1 because that is what such files hold where they are wrong.
 */
export function decodeText(bytes: Uint8Array, characterSet: readonly string[] = []): string {
  const initial = labelOf(characterSet[0] ?? '');
  if (!bytes.includes(ESC)) return decode(bytes, initial);
  let text = '';
  let g0: G0 = 'ascii';
  let g1 = initial;
  let start = 0;
  const flush = (end: number): void => {
    text += decodeRun(bytes.subarray(start, end), g0, g1);
  };
  for (let n = 0; n < bytes.length; n++) {
    const byte = bytes[n] ?? 0;
    if (byte === ESC) {
      flush(n);
      const found = ESCAPES.find(([sequence]) => startsWith(bytes, n + 1, sequence));
      if (found) {
        g0 = found[1].g0 ?? g0;
        g1 = found[1].g1 ?? g1;
        n += found[0].length;
      }
      start = n + 1;
    } else if (g0 === 'ascii' && isDelimiter(byte)) {
      // Delimiters bring back the first character set (PS3.5 §6.1.2.5.3).
      flush(n);
      start = n;
      g1 = initial;
    }
  }
  flush(bytes.length);
  return text;
}

function decodeRun(bytes: Uint8Array, g0: G0, g1: string): string {
  if (bytes.length === 0) return '';
  switch (g0) {
    case 'jis-0208':
      return decode(Uint8Array.of(ESC, 0x24, 0x42, ...bytes), 'iso-2022-jp');
    case 'jis-0212': {
      const euc: number[] = [];
      bytes.forEach((byte, n) => {
        if (n % 2 === 0) euc.push(0x8f);
        euc.push(byte | 0x80);
      });
      return decode(Uint8Array.from(euc), 'euc-jp');
    }
    case 'ascii':
      return decode(bytes, g1);
  }
}

function labelOf(term: string): string {
  const name = term.trim().toUpperCase();
  if (name === 'GB18030' || name === 'GBK') return 'gb18030';
  const number = /(?:ISO_IR|ISO 2022 IR)[ _]?(\d+)/.exec(name)?.[1] ?? '';
  // 87 and 159 as first value would be wrong; their text starts with an escape all the same.
  return LABELS[number] ?? 'iso-8859-1';
}

function decode(bytes: Uint8Array, label: string): string {
  let decoder = decoders.get(label);
  if (!decoder) {
    decoder = new TextDecoder(label);
    decoders.set(label, decoder);
  }
  return decoder.decode(bytes);
}

function isDelimiter(byte: number): boolean {
  // \ ^ = and the controls TAB LF FF CR
  return byte === 0x5c || byte === 0x5e || byte === 0x3d || (byte >= 9 && byte <= 13);
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text.charCodeAt(n)) return false;
  return true;
}
