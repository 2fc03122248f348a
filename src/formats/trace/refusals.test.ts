import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../../abi/errors.ts';
import type { TraceReading } from '../../abi/trace-table.ts';
import { createTraceReader, readTrace } from './read.ts';

const EVENT = '         kswapd0-44      [001] .....    12.000001: mm_vmscan_kswapd_wake: nid=0 order=0\n';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function sentence(bytes: Uint8Array): string {
  const result = readTrace({ name: 'f', bytes });
  return result.ok ? 'read' : describeError(result.error);
}
function readingOf(bytes: Uint8Array): TraceReading {
  const result = readTrace({ name: 'f', bytes });
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value.reading;
}

test('what is no trace is refused in one sentence that names the line', () => {
  expect(sentence(bytesOf(''))).toBe('f: the file is empty.');
  expect(sentence(gzipSync(bytesOf('')))).toBe('f: no line is an event.');
  expect(sentence(new Uint8Array([1, 0, 2]))).toMatch(/^f: a binary file/);
  expect(sentence(new Uint8Array(Buffer.from(`\uFEFF${EVENT}`, 'utf16le')))).toBe(
    'f: a text in UTF-16; save it as UTF-8.',
  );
  expect(sentence(gzipSync(new Uint8Array(9000)))).toMatch(/^f: a binary file/);
  expect(sentence(gzipSync(bytesOf(EVENT)).subarray(0, 12))).toMatch(/^f: the file is cut off or damaged/);
  expect(sentence(bytesOf('# tracer: nop\n'))).toBe('f: no line is an event.');
  expect(sentence(bytesOf('# tracer: nop\nthe old pond\na frog\n'))).toBe(
    "f: line 2: 'the old pond' is neither an event nor a line that kernels or their tools are known to print.",
  );
});

test('a half-good file gives its good part and says what was left out', () => {
  const reading = readingOf(bytesOf(`${EVENT}the old pond\n${'x'.repeat(5000)}\n${EVENT}`));

  expect(reading).toMatchObject({ lines: 4, eventLines: 2, unparsedLines: 2 });
  expect(reading.unparsed.map(({ line, why }) => `${line} ${why}`)).toEqual([
    '2 neither an event nor a line that kernels or their tools are known to print',
    '3 longer than 4096 letters',
  ]);
});

test('a gzip file that is cut gives what came before the cut', () => {
  const varied = Array.from({ length: 3000 }, (_, row) => EVENT.replace('000001', String(row * 37).padStart(6, '0')));
  const packed = gzipSync(bytesOf(varied.join('')));
  const { eventLines, unparsed, lines } = readingOf(packed.subarray(0, packed.length / 2));

  expect(eventLines).toBeGreaterThan(500);
  expect(eventLines).toBeLessThan(3000);
  expect(unparsed.at(-1)).toMatchObject({ line: lines, text: '' });
  expect(unparsed.at(-1)!.why).toMatch(/^the file is cut off or damaged inside its gzip compression/);
});

test('a first line that is cut decides nothing, and neither does a clock of another kind', () => {
  const cut = 'mm_vmscan_kswapd_sleep: nid=0\n';
  const count = EVENT.replace('12.000001', '4711');
  const reading = readingOf(bytesOf(cut + EVENT.repeat(3) + count));

  expect(reading).toMatchObject({ eventLines: 3, unparsedLines: 2 });
  expect(reading.unparsed.map(({ why }) => why)).toEqual(Array(2).fill('its clock is not that of the lines around it'));
});

test('what is left of a line where the text was cut is no event: a number may have lost its last digits', () => {
  const three = EVENT.repeat(3);
  const whys = (text: string) => {
    const { unparsed, eventLines } = readingOf(bytesOf(text));
    return [eventLines, ...unparsed.map(({ line, why }) => `${line} ${why}`)];
  };

  expect(whys(three.slice(0, -1))).toEqual([2, '3 the text ends inside this line, so it may be cut']);
  expect(whys(three.slice(12))).toEqual([2, '1 the text begins inside this line, so it may be cut']);
  expect(whys(`${EVENT.slice(0, -3)}${three}`)).toEqual([2, '1 two lines run together']);
  expect(whys(`# tracer: n${three}`)).toEqual([2, '1 two lines run together']);
  expect(whys(`${EVENT.slice(0, 30)}${three}`)).toEqual([
    2,
    '1 neither an event nor a line that kernels or their tools are known to print',
  ]);
  expect(whys(`${EVENT}# no line end`)).toEqual([1]);
});

test('bytes may come in any pieces, plain or packed', () => {
  const text = bytesOf(`# ü\n${EVENT.repeat(200)}CPU:1 [LOST EVENTS]\n${EVENT}`);
  const packed = gzipSync(text);
  for (const bytes of [text, packed]) {
    const whole = readTrace({ name: 'f', bytes });
    for (const size of [1, 7, 4096]) {
      const reader = createTraceReader('f');
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
      expect(reader.finish()).toEqual(whole);
    }
  }
});
