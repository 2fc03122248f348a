import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { crc32, gunzip, inflateRaw, peek } from './gzip.ts';

const MIB = 2 ** 20;
const text = new TextEncoder().encode('page cache '.repeat(5000));

test('what was packed comes back, also from several members in one file', () => {
  const twice = new Uint8Array([...gzipSync(text), ...gzipSync(text.subarray(0, 7))]);

  expect(gunzip(gzipSync(text), MIB)).toEqual({ state: 'whole', bytes: text });
  expect(gunzip(twice, MIB)).toEqual({ state: 'whole', bytes: new Uint8Array([...text, ...text.subarray(0, 7)]) });
});

test('a cut anywhere is noticed, inside the checksum too', () => {
  const packed = gzipSync(text);

  for (let length = 2; length < packed.length; length++) {
    expect(gunzip(packed.subarray(0, length), MIB).state, `cut to ${length} bytes`).toBe('cut');
  }
});

test('a changed byte is noticed wherever it would change the content', () => {
  const packed = gzipSync(text, { mtime: 0 });

  fc.assert(
    fc.property(fc.integer({ min: 0, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = packed.slice();
      changed[at] = changed[at]! ^ flip;
      const inflated = gunzip(changed, MIB);
      if (inflated.state === 'whole') expect(inflated.bytes).toEqual(text);
    }),
  );
});

test('a bomb stops at the limit', () => {
  const bomb = gzipSync(new Uint8Array(40 * MIB));

  expect(bomb.length).toBeLessThan(MIB / 16);
  expect(gunzip(bomb, MIB).state).toBe('too-big');
});

test('junk is never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (junk) => {
      expect(['whole', 'cut', 'too-big']).toContain(inflateRaw(junk, 1000).state);
      expect(gunzip(new Uint8Array([0x1f, 0x8b, 8, ...junk]), 1000).state).not.toBe('whole');
      expect(peek(new Uint8Array([0x1f, 0x8b, ...junk]), 100).length).toBeLessThanOrEqual(100);
    }),
  );
});

test('the head can be looked at before all is there', () => {
  expect(peek(gzipSync(text), 1000)).toEqual(text.subarray(0, 1000));
  expect(peek(text, 20)).toEqual(text.subarray(0, 20));
});

test('CRC-32 has its published check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});
