/** 64-bit FNV-1a, piece by piece: names bytes, protects nothing. Two 32-bit halves, every product below 2^53. */
export class Fnv1a64 {
  private high = 0xcbf29ce4;
  private low = 0x84222325;

  push(bytes: Uint8Array): void {
    let { high, low } = this;
    for (let i = 0; i < bytes.length; i++) {
      low = (low ^ bytes[i]!) >>> 0;
      const product = low * 0x1b3; // the prime is 2^40 + 0x1b3
      high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 2 ** 32)) >>> 0;
      low = product >>> 0;
    }
    this.high = high;
    this.low = low;
  }

  /** 16 hex digits. */
  get hex(): string {
    return this.high.toString(16).padStart(8, '0') + this.low.toString(16).padStart(8, '0');
  }
}

export function fnv1a64(...pieces: readonly Uint8Array[]): string {
  const hash = new Fnv1a64();
  for (const bytes of pieces) hash.push(bytes);
  return hash.hex;
}
