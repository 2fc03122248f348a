import { Gunzip, Inflate } from 'fflate';
import type { Bytes } from '../../abi/units.ts';

/** What became of compressed bytes; the caller turns a failure into its own sentence. */
export type Inflated =
  | { readonly state: 'whole'; readonly bytes: Uint8Array }
  | { readonly state: 'cut' } // ends inside its compression, or its checksum does not fit
  | { readonly state: 'too-big' };

/** Deflate packs at most 1032 to 1, so one push may hand out 16 MiB at once and no more. */
const PUSH_BYTES: Bytes = 16 * 1024;
const GZIP_TRAILER_BYTES: Bytes = 8;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A member's header is read over a few pieces at most; the trailer of the one before lies right before it. */
const TAIL_BYTES: Bytes = 64 * 1024;
const NOTHING = new Uint8Array(0);

/** RFC 1952, all members, as its bytes come in. The library checks neither CRC nor length, and misses a cut inside the trailer: done here. */
export class GunzipPieces {
  private readonly stream: Gunzip;
  private isDamaged = false;
  private crc = 0;
  private memberBytes = 0;
  private packedBytes = 0;
  /** The last bytes of the pieces before: a member's trailer may lie across two. */
  private tail = NOTHING;
  private piece: Uint8Array = NOTHING;

  constructor(take: (bytes: Uint8Array) => void) {
    this.stream = new Gunzip((chunk) => {
      this.crc = crc32(chunk, this.crc);
      this.memberBytes += chunk.length;
      if (chunk.length > 0) take(chunk);
    });
    this.stream.onmember = (end) => this.closeMember(end);
  }

  /** False: damaged here, so nothing more comes of it. */
  push(packed: Uint8Array): boolean {
    for (let at = 0; at < packed.length && !this.isDamaged; at += PUSH_BYTES) {
      this.pushPiece(packed.subarray(at, at + PUSH_BYTES), false);
    }
    return !this.isDamaged;
  }

  /** Whether all was there, and as it was packed. */
  finish(): boolean {
    if (this.packedBytes < GZIP_TRAILER_BYTES) return false;
    if (!this.isDamaged) this.pushPiece(NOTHING, true);
    if (!this.isDamaged) this.closeMember(this.packedBytes);
    return !this.isDamaged;
  }

  private pushPiece(piece: Uint8Array, isLast: boolean): void {
    this.piece = piece;
    this.packedBytes += piece.length;
    try {
      this.stream.push(piece, isLast);
    } catch {
      this.isDamaged = true;
    }
    this.tail = lastOf(this.tail, piece);
    this.piece = NOTHING;
  }

  private closeMember(end: number): void {
    const near = lastOf(this.tail, this.piece, this.tail.length + this.piece.length);
    const at = end - GZIP_TRAILER_BYTES - (this.packedBytes - near.length);
    if (at < 0) {
      this.isDamaged = true;
      return;
    }
    const trailer = new DataView(near.buffer, at, GZIP_TRAILER_BYTES);
    this.isDamaged ||= trailer.getUint32(0, true) !== this.crc || trailer.getUint32(4, true) !== this.memberBytes >>> 0;
    this.crc = 0;
    this.memberBytes = 0;
  }
}

function lastOf(first: Uint8Array, second: Uint8Array, most = TAIL_BYTES): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all.slice(Math.max(0, all.length - most));
}

/** The same of a file that is there as a whole. */
export function gunzip(packed: Uint8Array, limitBytes: Bytes): Inflated {
  const out = new Chunks(limitBytes);
  const pieces = new GunzipPieces((chunk) => out.add(chunk));
  for (let at = 0; at < packed.length && !out.isTooBig; at += PUSH_BYTES) {
    if (!pieces.push(packed.subarray(at, at + PUSH_BYTES))) return { state: 'cut' };
  }
  if (out.isTooBig) return { state: 'too-big' };
  return pieces.finish() ? { state: 'whole', bytes: out.join() } : { state: 'cut' };
}

/** Raw deflate (RFC 1951), without header or checksum. */
export function inflateRaw(packed: Uint8Array, limitBytes: Bytes): Inflated {
  const out = new Chunks(limitBytes);
  if (!pushAll(new Inflate((chunk) => out.add(chunk)), packed, out)) return { state: 'cut' };
  return out.isTooBig ? { state: 'too-big' } : { state: 'whole', bytes: out.join() };
}

/** As much of the beginning as can be had, for a look at what it is: never fails, may be empty. */
export function peek(bytes: Uint8Array, wantedBytes: Bytes): Uint8Array {
  if (!isGzip(bytes)) return bytes.subarray(0, wantedBytes);
  const out = new Chunks(wantedBytes);
  pushAll(new Gunzip((chunk) => out.add(chunk)), bytes.subarray(0, wantedBytes), out, false);
  return out.join().subarray(0, wantedBytes);
}

/** False where the library found the bytes damaged or cut; it throws, we do not. */
function pushAll(stream: Gunzip | Inflate, packed: Uint8Array, out: Chunks, isAll = true): boolean {
  try {
    for (let at = 0; at < packed.length && !out.isTooBig; at += PUSH_BYTES) {
      const end = Math.min(packed.length, at + PUSH_BYTES);
      stream.push(packed.subarray(at, end), isAll && end === packed.length);
    }
    return packed.length > 0;
  } catch {
    return false;
  }
}

/** Keeps what was inflated until the limit is passed, then nothing more. */
class Chunks {
  readonly limitBytes: Bytes;
  private readonly chunks: Uint8Array[] = [];
  private totalBytes: Bytes = 0;

  constructor(limitBytes: Bytes) {
    this.limitBytes = limitBytes;
  }
  get isTooBig(): boolean {
    return this.totalBytes > this.limitBytes;
  }
  add(chunk: Uint8Array): void {
    this.totalBytes += chunk.length;
    if (chunk.length > 0) this.chunks.push(chunk);
  }
  join(): Uint8Array {
    const whole = new Uint8Array(this.totalBytes);
    let at = 0;
    for (const chunk of this.chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 of gzip; `before` continues an earlier piece. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
