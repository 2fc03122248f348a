/** 64-bit FNV-1a as 16 hex digits: names bytes, protects nothing. Two 32-bit halves, every product below 2^53. */
export function fnv1a64(...pieces: readonly Uint8Array[]): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const bytes of pieces) {
    for (let i = 0; i < bytes.length; i++) {
      low = (low ^ bytes[i]!) >>> 0;
      const product = low * 0x1b3; // the prime is 2^40 + 0x1b3
      high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 2 ** 32)) >>> 0;
      low = product >>> 0;
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
