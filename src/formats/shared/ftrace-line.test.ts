import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineFront, newLineFront, numberAfter, readLineFront } from './ftrace-line.ts';
import { forEachLine, LINE_CHARS, looksBinary } from './text-lines.ts';

function frontOf(line: string): LineFront | undefined {
  const front = newLineFront();
  return readLineFront(line, front) ? front : undefined;
}

test('task, time and event of a line, whatever the name and the flags', () => {
  const rest = 'writeback_dirty_folio: bdi 8:0: ino=4728 index=660';
  const lines = {
    [`              dd-169     [000] d..1.    10.524056: ${rest}`]: 'dd-169',
    [`     my prog-1: x-277     [001] .....     9.953705: ${rest}`]: 'my prog-1: x-277',
    [`     a [000] b-7-262     [001] .....     9.953705: ${rest}`]: 'a [000] b-7-262',
    [`     jbd2/sda1-8-139     (-------) [001] d..2.    12.000001: ${rest}`]: 'jbd2/sda1-8-139',
    [`              dd-169     [000]    10.524056: ${rest}`]: 'dd-169',
    [`dd-169 [000] .... 10.524056: ${rest}`]: 'dd-169',
  };

  for (const [line, task] of Object.entries(lines)) {
    const front = frontOf(line);
    expect(front, line).toBeDefined();
    expect(line.slice(front!.taskAt, front!.taskEnd)).toBe(task);
    expect(line.slice(front!.eventAt, front!.eventEnd)).toBe('writeback_dirty_folio');
    expect(line.slice(front!.textAt, front!.textEnd)).toBe('bdi 8:0: ino=4728 index=660');
  }
});

test('time is whole nanoseconds, from micro- or nanoseconds', () => {
  const micros = { clock: 'seconds', seconds: 26, fractionNs: 786_987_000 };
  expect(frontOf('sh-1 [000] .... 26.786987: a: b')).toMatchObject(micros);
  expect(frontOf('sh-1 [000] .... 26.786987123: a: b')).toMatchObject({ ...micros, fractionNs: 786_987_123 });
});

test('a clock that counts is told apart, and no digit of it is lost', () => {
  const cycles = { clock: 'count', seconds: 18_446_744_073, fractionNs: 709_551_615 };
  expect(frontOf('sh-1 [000] .... 18446744073709551615: a: b')).toMatchObject(cycles);
  expect(frontOf('sh-1 [000] .... 4711: a: b')).toMatchObject({ clock: 'count', seconds: 0, fractionNs: 4711 });
});

test('what is no event line is refused', () => {
  for (const line of [
    '',
    'prose',
    ' => balance_pgdat',
    'sh-1 [000] .... 4711: balance_pgdat <-kswapd',
    'sh-1 [000] .... 1.5s: a: b',
    '[ [ [: :',
  ]) {
    expect(frontOf(line), line).toBeUndefined();
  }
});

test('junk is never an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (line) => void frontOf(line)));
});

test('numbers after their key, decimal and hexadecimal', () => {
  expect(numberAfter('dev 8:1 ino 6f6 pfn=0x1', ' ino ', 0, 16)).toBe(0x6f6);
  expect(numberAfter(' dev=0x800001 ino=1782', ' dev=', 0, 16)).toBe(0x800001);
  expect(numberAfter(' ino=1782', ' ino=', 0)).toBe(1782);
  expect(numberAfter(' pos=-1', ' pos=', 0)).toBeNaN();
  expect(numberAfter(' ino=1', ' pos=', 0)).toBeNaN();
});

test('lines come whole across blocks; one without an end costs no memory', () => {
  const lines: string[] = [];
  const block = 'x'.repeat(700_000);
  forEachLine(new TextEncoder().encode(`a\r\n${block}\n${block}\nlast`), (line) => lines.push(line));

  expect(lines.map((line) => line.length)).toEqual([1, LINE_CHARS, LINE_CHARS, 4]);
});

test('text and binary are told apart', () => {
  expect(looksBinary(new TextEncoder().encode('träge Seiten\n\t# ok'))).toBe(false);
  expect(looksBinary(new Uint8Array([65, 0, 66]))).toBe(true);
  expect(looksBinary(new Uint8Array(100).fill(0xff))).toBe(true);
});
