/** What PS3.5 §6.2 and §7.1.2 say of each value representation (VR). */

/** Explicit VR headers of these are 12 bytes, with a 32-bit length (PS3.5 §7.1.2). */
const LONG_FORM = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));

/** Padded to even length with a space; everything else with NUL. */
const TEXT = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UR UT'.split(' '));

/** Text in the character set of (0008,0005); all other text is ASCII (PS3.5 §6.1.2.3). */
const CHARACTER_SET = new Set('LO LT PN SH ST UC UT'.split(' '));

const KNOWN = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(
    ' ',
  ),
);

export function isLongForm(vr: string): boolean {
  return LONG_FORM.has(vr);
}

export function usesCharacterSet(vr: string): boolean {
  return CHARACTER_SET.has(vr);
}

export function isKnownVr(vr: string): boolean {
  return KNOWN.has(vr);
}

/** The byte that makes an odd value even. */
export function padByte(vr: string | null): number {
  return vr !== null && TEXT.has(vr) ? 0x20 : 0x00;
}
