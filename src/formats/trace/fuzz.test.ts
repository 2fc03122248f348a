import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../../abi/errors.ts';
import { type ReadTrace, TraceValues } from '../../abi/trace-table.ts';
import { gunzip } from '../shared/gzip.ts';
import { forEachLine } from '../shared/text-lines.ts';
import { readTrace } from './read.ts';
import { sniffTrace } from './sniff.ts';

const HERE = fileURLToPath(new URL('fixtures/', import.meta.url));
const INPUTS = 2000;
/** Of each text, as much as may be read two thousand times. */
const SAMPLE_LINES = 60;

const SAMPLES: readonly (readonly string[])[] = readdirSync(HERE)
  .filter((file) => file.endsWith('.txt.gz'))
  .map((file) => {
    const inflated = gunzip(new Uint8Array(readFileSync(HERE + file)), 2 ** 24);
    const lines: string[] = [];
    if (inflated.state === 'whole') forEachLine(inflated.bytes, (line) => lines.push(line));
    return lines.slice(0, SAMPLE_LINES);
  });

/** A place in a text, as a share of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const noise = fc.uint8Array({ minLength: 1, maxLength: 40 });
const lineChange = fc.record({
  what: fc.constantFrom('swap', 'repeat', 'drop', 'mix'),
  at: place,
  to: place,
  of: fc.nat(),
});
const byteChange = fc.record({ what: fc.constantFrom('flip', 'noise', 'cut', 'head'), at: place, noise });
const mutated = fc
  .record({
    sample: fc.nat({ max: SAMPLES.length - 1 }),
    lines: fc.array(lineChange, { maxLength: 3 }),
    bytes: fc.array(byteChange, { maxLength: 3 }),
    packed: fc.constantFrom('plain', 'plain', 'plain', 'packed', 'packed and cut'),
  })
  .map((change) => ({ ...change, input: mutate(change) }));

interface Change {
  readonly sample: number;
  readonly lines: readonly { what: string; at: number; to: number; of: number }[];
  readonly bytes: readonly { what: string; at: number; noise: Uint8Array }[];
}

function mutate({ sample, lines, bytes }: Change): Uint8Array {
  const text = [...SAMPLES[sample]!];
  for (const { what, at, to, of } of lines) {
    const [one, two] = [Math.floor(at * text.length), Math.floor(to * text.length)];
    if (what === 'swap') [text[one], text[two]] = [text[two]!, text[one]!];
    else if (what === 'repeat') text.splice(one, 0, ...text.slice(two, two + 5));
    else if (what === 'drop') text.splice(one, 3);
    else text.splice(one, 0, ...SAMPLES[of % SAMPLES.length]!.slice(20, 24));
  }
  let input: Uint8Array = new TextEncoder().encode(text.join('\n'));
  for (const { what, at, noise } of bytes) {
    const place = Math.floor(at * input.length);
    if (what === 'flip') input[place] = noise[0]!;
    else if (what === 'cut') input = input.slice(0, place);
    else if (what === 'head') input = input.slice(place);
    else input = new Uint8Array([...input.subarray(0, place), ...noise, ...input.subarray(place)]);
  }
  return input;
}

function packedAs(packed: string, input: Uint8Array): Uint8Array {
  if (packed === 'plain') return input;
  const whole = gzipSync(input, { level: 1 });
  return packed === 'packed' ? whole : whole.subarray(0, Math.floor(whole.length * 0.7));
}

/** Every line is accounted for once, and every event says what its line says. */
function expectHonest({ table, reading }: ReadTrace, lines: readonly string[]): void {
  const { headerLines, eventLines, unparsedLines, lostLines, bufferStartedLines } = reading;
  const { stackLines, functionLines, footerLines, emptyLines } = reading;
  const notes = headerLines + lostLines + bufferStartedLines + stackLines + functionLines + footerLines + emptyLines;
  expect(notes + eventLines + unparsedLines).toBe(reading.lines);
  expect(table.count).toBe(eventLines);
  const values = new TraceValues(table);
  for (let row = 0; row < table.count; row++) {
    const line = lines[table.line[row]! - 1]!;
    const text = values.eventText(row);
    const isBlkparse = reading.dialects.includes('blkparse') && !line.includes(text);
    const said = isBlkparse ? text.split(' ').slice(2).join(' ') : text;
    const printed = isBlkparse ? line.replace(/ +/g, ' ') : line;
    if (!printed.includes(said)) expect.fail(`line ${table.line[row]}: ${line}\nis read as: ${text}`);
    const task = table.tasks[table.task[row]!]!;
    if (!line.includes(task.name) && reading.format === 'ftrace') expect.fail(`${line}: ${task.name}`);
    values.shape(row).fields.forEach(({ kind }, field) => {
      if (kind !== 'text' && Number.isNaN(values.number(row, field))) expect.fail(`${line}: ${field}`);
    });
  }
}

test(`${INPUTS} mutated texts: never an exception, never a line unaccounted for, never an event that the text does not say`, () => {
  let read = 0;
  const seen = new Set<string>();
  fc.assert(
    fc.property(mutated, ({ input, packed }) => {
      const bytes = packedAs(packed, input);
      const result = readTrace({ name: 'f', bytes });
      expect(sniffTrace(input)).toBeGreaterThanOrEqual(0);
      if (!result.ok) {
        expect(describeError(result.error)).toMatch(/^f: .+\.$/s);
        return;
      }
      const lines: string[] = [];
      forEachLine(input, (line) => lines.push(line));
      expectHonest(result.value, lines);
      read++;
      for (const dialect of result.value.reading.dialects) seen.add(dialect);
    }),
    { numRuns: INPUTS, seed: 2635, endOnFailure: true },
  );
  expect(read).toBeGreaterThan(INPUTS / 2);
  expect(seen.size).toBeGreaterThanOrEqual(9);
});

const ODD = ['a [', ' 1 [000] ', ' => ', '=', ' (', '1) | ', ' 1 1', '\t', ') [', 'a-1 [0] '];
/** A guard against hanging, not a measure of speed: a few milliseconds are needed. */
const HANGS_AFTER_MS = 2000;

test.each(ODD)(
  'lines full of "%s", which no one would print, do not hang the reader',
  (piece) => {
    const line = piece.repeat(Math.floor(4090 / piece.length));
    const bytes = new TextEncoder().encode(`${line}\n`.repeat(20));
    const result = readTrace({ name: 'f', bytes });
    if (result.ok) expect(result.value.reading.lines).toBe(20);
    else expect(result.error.kind).toBe('bad-input');
  },
  HANGS_AFTER_MS,
);
