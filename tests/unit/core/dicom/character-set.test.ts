import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../src/core/dicom/character-set.ts';

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

// The examples of PS3.5 annexes H, I, J and K.
describe('PatientName of the examples in the standard', () => {
  test.each([
    ['Latin-1', ['ISO_IR 100'], '42 75 63 5e 4a e9 72 f4 6d 65', 'Buc^Jérôme'],
    ['Cyrillic', ['ISO_IR 144'], 'bb ee da 63 65 dc d1 79 70 d3', 'Люкceмбypг'],
    ['Greek', ['ISO_IR 126'], 'c4 e9 ef ed f5 f3 e9 ef f2', 'Διονυσιος'],
    ['UTF-8', ['ISO_IR 192'], '57 61 6e 67 5e e5 b0 8f e6 9d b1', 'Wang^小東'],
    ['GB18030', ['GB18030'], '57 61 6e 67 5e d0 a1 b6 ab', 'Wang^小东'],
    ['Japanese with escapes', ['', 'ISO 2022 IR 87'],
      '59 61 6d 61 64 61 5e 54 61 72 6f 75 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42',
      'Yamada^Tarou=山田^太郎'],
    ['Japanese with half-width kana first', ['ISO 2022 IR 13', 'ISO 2022 IR 87'],
      'd4 cf c0 de 5e c0 db b3 3d 1b 24 42 3b 33 45 44 1b 28 4a 5e 1b 24 42 42 40 4f 3a 1b 28 4a', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎'],
    ['Korean', ['', 'ISO 2022 IR 149'],
      '48 6f 6e 67 5e 47 69 6c 64 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7', 'Hong^Gildong=洪^吉洞'],
  ])('%s', (_, terms, hex, name) => {
    expect(decodeText(bytes(hex), terms)).toBe(name);
  }); // prettier-ignore
});

test('a delimiter brings back the first character set', () => {
  expect(decodeText(bytes('1b 2d 46 c4 5e c4'), ['ISO 2022 IR 100', 'ISO 2022 IR 126'])).toBe(
    'Δ^Ä',
  );
});

test('bytes above ASCII without a character set are read as Latin-1, not lost', () => {
  expect(decodeText(bytes('4a e9'))).toBe('Jé');
});

test('an unknown escape does not swallow the text after it', () => {
  expect(decodeText(bytes('41 1b 42 43'))).toBe('ABC');
});
