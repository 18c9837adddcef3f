/**
 * Private elements that may stay under "retain safe private" (PS3.15 E.3.10), by the name of
 * their creator and the low byte of the element, never by an absolute number: numbers,
 * codes and technical words that say how the image was acquired. The standard's own list
 * has few of them; why the others are safe is docs/decisions/0014.
 *
 * None of them holds pixels, meshes, contours or volumes, and none is a sequence or bytes
 * without a form: a face could be in such, whoever lists it.
 */

export type SafeKind =
  /** DS, IS: digits, signs, points. */
  | 'number'
  /** US, SS, UL, SL, FL, FD. */
  | 'binary'
  /** CS. */
  | 'code'
  /** LO, SH: technical words only. */
  | 'text'
  /** The CSA image header, made anew (csa.ts). */
  | 'csa'
  /** The protocol data block of GE, made anew (ge-protocol.ts). */
  | 'ge-protocol'
  /** Stays, without its value. */
  | 'cleared';

export interface SafeElement {
  readonly vr: string;
  readonly kind: SafeKind;
  /** Needed to take a mosaic apart: stays in a mosaic without the option too. */
  readonly mosaic: boolean;
}

const KINDS: Readonly<Record<string, SafeKind>> = {
  DS: 'number',
  IS: 'number',
  US: 'binary',
  SS: 'binary',
  UL: 'binary',
  SL: 'binary',
  FL: 'binary',
  FD: 'binary',
  CS: 'code',
  SH: 'text',
  LO: 'text',
};

/** `creator`, group, then low byte and VR of each element. */
const LISTED = `
SIEMENS MR HEADER|0019|0AUS 0BDS 0CIS 0DCS 0EFD 0FSH 18IS 27FD 28FD 29FD
SIEMENS MR HEADER|0051|0BSH 0FLO 11LO 13SH
SIEMENS MR SDI 02|0021|04DS 05IS 1CIS 42IS 4FLO 53FD 56LO 58SH
GEMS_ACQU_01|0019|17SS 1BDS 9CLO 9ELO A2SL BBDS BCDS BDDS DFDS E0DS E2DS
GEMS_RELA_01|0021|4FSS 5EDS
GEMS_PARM_01|0043|02SS 03SS 04SS 2CSS 2FSS 39IS 7CFL 83DS A3CS A4LO A5IS B6LO
GEMS_PETD_01|0009|38FL 3AFL 3CFL 3FFL 40FL
Philips Imaging DD 001|2001|03FL 04CS 08IS 0AIS 0BCS 13IS 14SS 17SL 18SL 1AFL 1BFL 22FL 2DSS
Philips MR Imaging DD 001|2005|0DFL 0EFL 20SL 30FL 86SS B0FL B1FL B2FL
Philips MR Imaging DD 005|2005|12IS 13IS 29CS
Philips PET Private Group|7053|00DS 09DS
Image Private Header|0065|09FD 37FD
`;

const CSA: readonly (readonly [number, SafeElement])[] = [
  [0x08, { vr: 'CS', kind: 'code', mosaic: true }],
  [0x09, { vr: 'LO', kind: 'cleared', mosaic: true }],
  [0x10, { vr: 'OB', kind: 'csa', mosaic: true }],
];
/** NumberOfImagesInMosaic of the public-like block. */
const MOSAIC_COUNT = 0x0a;

type Block = ReadonlyMap<number, SafeElement>;

const BLOCKS: ReadonlyMap<string, Block> = new Map<string, Block>([
  ...LISTED.trim()
    .split('\n')
    .map((line): [string, Block] => {
      const [creator = '', group = '', elements = ''] = line.split('|');
      return [
        keyOf(creator, parseInt(group, 16)),
        new Map(
          elements.split(' ').map((one): [number, SafeElement] => {
            const [low, vr] = [parseInt(one.slice(0, 2), 16), one.slice(2)];
            const mosaic = creator === 'SIEMENS MR HEADER' && low === MOSAIC_COUNT;
            return [low, { vr, kind: KINDS[vr] ?? 'text', mosaic }];
          }),
        ),
      ];
    }),
  [keyOf('SIEMENS CSA HEADER', 0x0029), new Map(CSA)],
  [
    keyOf('GEMS_SERS_01', 0x0025),
    new Map([[0x1b, { vr: 'OB', kind: 'ge-protocol', mosaic: false }]]),
  ],
]);

function keyOf(creator: string, group: number): string {
  return `${group} ${creator}`;
}

/** What is known of an element in the block of a creator; undefined where nothing is. */
export function safeElement(creator: string, tag: number): SafeElement | undefined {
  return BLOCKS.get(keyOf(creator, tag >>> 16))?.get(tag & 0xff);
}

/** Every listed element, for documentation and tests: a tag in block 10. */
export function* safeElements(): Generator<SafeElement & { creator: string; tag: number }> {
  for (const [key, block] of BLOCKS) {
    const space = key.indexOf(' ');
    const [group, creator] = [Number(key.slice(0, space)), key.slice(space + 1)];
    for (const [low, element] of block) {
      yield { ...element, creator, tag: (group * 0x10000 + 0x1000 + low) >>> 0 };
    }
  }
}
