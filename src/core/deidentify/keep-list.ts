/**
 * Public attributes that stay, by what their values may be. All others go: an attribute
 * that nobody thought of cannot carry a name out. What stays is what makes the image
 * useful: geometry, the description of the pixels, and how they were acquired. None of
 * two sequences of references, whose UIDs are replaced (X/Z/U*), none of these is listed in
 * PS3.15 Table E.1-1 (2024e), so the Basic profile lets them stay.
 */

/** What a value must look like to stay (checked in judge.ts). */
export type KeptKind =
  /** DS, IS: digits, signs, points. */
  | 'number'
  /** CS: capitals, digits, space, underscore. */
  | 'code'
  /** US, SS, UL, SL, FL, FD, AT, OW: binary numbers. */
  | 'binary'
  /** LO, SH, ST: technical words only (vocabulary.ts). */
  | 'text'
  /** SQ: the same rules apply inside its items. */
  | 'items'
  /** SQ of coded entries: kept whole if code, scheme and meaning are all technical. */
  | 'codes'
  /** PixelData. */
  | 'pixels';

// prettier-ignore
const NUMBERS = `
  0008: 1160 2142 2143 2144
  0018: 0040 0050 0060 0072 0080 0081 0082 0083 0084 0086 0087 0088 0089 0090 0091 0093 0094 0095
       1041 1044 1046 1047 1049 1050 1060 1062 1063 1067 1069 1081 1082 1083 1084 1086 1088 1090
       1094 1100 1110 1111 1114 1120 1121 1130 1131 1135 1136 1137 1138 1141 1142 1143 1144 1145
       1146 1149 1150 1151 1152 1153 1154 1164 1170 1182 1183 1184 1190 1300 1302 1314 1316 1318
       1071 1074 1075 1076 1077 1242 1243
       2010 9298 936C 936D 936E 9374 9375 9383 9384
  0020: 0011 0012 0013 0015 0030 0032 0035 0037 0050 0100 0105 0110 1000 1001 1002 1003 1041
  0028: 0008 0030 0031 0032 0034 1050 1051 1052 1053 2112
  0054: 1200 1201 1202 1203 1210 1300 1310 1311 1320 1321 1322 1323 1324
`;
// prettier-ignore
const CODES = `
  0008: 0005 0008 0060 0068 0105 010B 010F 2110 9007 9205 9206 9207 9208 9209
  0018: 0015 0020 0021 0022 0023 0025 0071 0073 1048 106A 1080 1134 113A 1140 1147 1155 1156 115A
       1166 1181 1301 1312 1315 1800 5100 9004 9008 9009 9010 9011 9012 9014 9015 9016 9017 9018 9020
       9021 9022 9024 9025 9026 9027 9028 9029 9032 9033 9034 9036 9037 9043 9044 9048 9051 9054
       9059 9060 9062 9064 9065 9067 9075 9077 9078 9081 9085 9094 9100 9101 9147 9166 9169 9170
       9171 9172 9173 9174 9177 9178 9179 9180 9183 9198 9199 9200 9214 9236 9250 9257 9259 925C
       9297 9302 9315 9316 9323 9333 9334 9342 9343 9344 9361 9368 9372 937E
  0020: 0020 0060 0062 9072 9247 9249 9250 9311
  0028: 0004 0051 0300 0301 0A02 1040 1056 1080 1090 2110 2114 9003 9108 9235
  0054: 1000 1001 1002 1004 1006 1100 1102 1220 1400 1401
  2050: 0020
`;
// prettier-ignore
const BINARY = `
  0018: 0013 1271 1310 1320 9019 9030 9035 9052 9053 9058 9061 9063 9066 9069 9070 9073 9079 9082
       9087 9089 9090 9091 9093 9095 9096 9098 9104 9105 9106 9127 9155 9159 9168 9181 9182 9184
       9195 9196 9217 9218 9219 9220 9231 9232 9234 9240 9241 9253 9254 9255 9256 9258 925A 925F
       9295 9296 9303 9305 9306 9307 9309 9310 9311 9313 9317 9318 9319 9322 9324 9327 9328 9330
       9332 9335 9337 9345 9353 9366 936B 9370 9376 9377 9378 937A 937C
       9602 9603 9604 9605 9606 9607
  0020: 9057 9128 9153 9154 9155 9156 9157 9165 9167 9241 9245 9246 9248 9251 9252 9254 9255 9256 9257
  0028: 0002 0005 0006 0009 0010 0011 0012 0100 0101 0102 0103 0104 0105 0106 0107 0120 0121 1041
       3002 3006
  0040: 9211 9212 9216 9224 9225
  0054: 0081 0101 1330
`;
// prettier-ignore
const TEXTS = `
  0008: 0070 0100 0102 0103 0104 1090
  0018: 0024 0085 1020 1061 1064 1160 1161 1210 1250 1251 9005 9320
  0020: 1040 9056 9421
  0028: 1054 1055 3003 3004
  0040: 9210
  0054: 1101 1103 1104 1105
`;
// prettier-ignore
const ITEMS = `
  0008: 1115 1140 1199 2112 9092 9124 9154
  0018: 9006 9042 9045 9049 9076 9107 9112 9114 9115 9117 9118 9119 9125 9152 9176 9226 9239 9251
       9260 9301 9304 9308 9312 9314 9321 9325 9326 9329 9341 9477 9601
  0020: 9071 9111 9113 9116 9221 9222 9253
  0028: 3000 3010 9110 9132 9145
  0040: 9096
  0054: 0016
  5200: 9229 9230
`;
// prettier-ignore
const CODED_ENTRIES = `
  0008: 2218 2220 2228 2230 9215
  0018: 9346
  0040: 08EA A170
  0054: 0300 0302 0304 0410 0412 0414
`;

const KEPT: ReadonlyMap<number, KeptKind> = new Map([
  ...listed(NUMBERS, 'number'),
  ...listed(CODES, 'code'),
  ...listed(BINARY, 'binary'),
  ...listed(TEXTS, 'text'),
  ...listed(ITEMS, 'items'),
  ...listed(CODED_ENTRIES, 'codes'),
  [0x7fe00010, 'pixels'] as const,
]);

/** How an attribute may stay; undefined if it must not. */
export function keptKind(tag: number): KeptKind | undefined {
  return KEPT.get(tag);
}

export function keptTags(): readonly number[] {
  return [...KEPT.keys()];
}

/** Each group (`0018:`) is followed by its elements. */
function listed(text: string, kind: KeptKind): readonly (readonly [number, KeptKind])[] {
  let group = 0;
  return text
    .trim()
    .split(/\s+/)
    .flatMap((token) => {
      if (!token.endsWith(':')) return [[group * 0x10000 + parseInt(token, 16), kind] as const];
      group = parseInt(token, 16);
      return [];
    });
}
