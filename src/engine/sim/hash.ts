import { isTypedArray, type TypedArray } from './checkpoint.ts';

/**
 * A 64-bit name of a state: two independent 32-bit lanes over every word of the record, in key order as created.
 * Not cryptographic: it tells two runs apart, and the same run from itself never.
 */
export function hashState(value: unknown): string {
  const lanes = new Lanes();
  lanes.add(value);
  return lanes.hex();
}

const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);

class Lanes {
  private high = 0x811c9dc5 | 0;
  private low = 0x1b873593 | 0;

  add(value: unknown): void {
    if (typeof value === 'number') this.addNumber(value);
    else if (typeof value === 'string') this.addText(value);
    else if (typeof value === 'boolean') this.word(value ? 1 : 2);
    else if (value === undefined || value === null) this.word(3);
    else if (isTypedArray(value)) this.addTyped(value);
    else if (Array.isArray(value)) {
      this.word(value.length);
      for (const item of value) this.add(item);
    } else {
      const record = value as Record<string, unknown>;
      for (const key in record) {
        this.addText(key);
        this.add(record[key]);
      }
    }
  }

  hex(): string {
    const part = (lane: number) => {
      const mixed = Math.imul(lane ^ (lane >>> 15), 0x85ebca6b);
      return ((mixed ^ (mixed >>> 13)) >>> 0).toString(16).padStart(8, '0');
    };
    return part(this.high) + part(this.low);
  }

  private word(word: number): void {
    this.high = Math.imul(this.high ^ word, 0x01000193);
    this.high = (this.high << 13) | (this.high >>> 19);
    this.low = (Math.imul(this.low, 5) + word) | 0;
    this.low = Math.imul((this.low << 15) | (this.low >>> 17), 0x2c1b3c6d);
  }

  private addNumber(value: number): void {
    scratch[0] = value;
    this.word(scratchWords[0]!);
    this.word(scratchWords[1]!);
  }

  private addText(text: string): void {
    for (let at = 0; at < text.length; at++) this.word(text.charCodeAt(at));
  }

  private addTyped(array: TypedArray): void {
    const words = array.byteLength >> 2;
    if ((array.byteOffset & 3) === 0) {
      const view = new Uint32Array(array.buffer, array.byteOffset, words);
      for (let at = 0; at < words; at++) this.word(view[at]!);
    }
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = (array.byteOffset & 3) === 0 ? words << 2 : 0; at < bytes.length; at++) this.word(bytes[at]!);
  }
}
