/** How the values of one frame are meant; they lie in the low bits (HighBit = BitsStored − 1). */
export interface FrameFormat {
  readonly transferSyntaxUID: string;
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  /** PixelRepresentation 1. */
  readonly signed: boolean;
}

/** One compressed frame of DICOM pixel data. */
export interface EncodedFrame extends FrameFormat {
  readonly bytes: Uint8Array<ArrayBuffer>;
}
