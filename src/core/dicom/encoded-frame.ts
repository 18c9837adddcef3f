/** One compressed frame of DICOM pixel data; its values lie in the low bits (HighBit = BitsStored − 1). */
export interface EncodedFrame {
  readonly transferSyntaxUID: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  /** PixelRepresentation 1. */
  readonly signed: boolean;
}
