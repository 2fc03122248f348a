import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FULL, RUNS, textOf, traceAt } from '../recorded.test-double.ts';
import { summarizeBlkparse } from './blkparse.ts';
import { summarize, type TraceSummary } from './summary.ts';
import { CROSSCHECK_NOTES, counterDelta, crossCheck, readCounters } from './vmstat.ts';

type Json = Readonly<Record<string, unknown>>;
const jsonOf = (path: string): Json => JSON.parse(textOf(path)) as Json;
/** What the summary of a run holds beside counts of the text itself. */
const BESIDE = ['run', 'file', 'vmstat_delta', 'crosscheck_notes', 'crosscheck_with_vmstat', 'peer'];
const without = (json: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));

describe.each(RUNS)('$name', ({ trace, summary }) => {
  test('every figure of its summary, exactly', () => {
    expect(summarize(traceAt(trace))).toEqual(without(jsonOf(summary), BESIDE));
  });
});

describe.skipIf(!existsSync(FULL))('the full recordings', () => {
  test.each(RUNS.filter(({ name }) => name.startsWith('full ')))('$name beside /proc/vmstat', ({ trace, summary }) => {
    const folder = trace.slice(0, trace.lastIndexOf('/') + 1);
    const delta = (name: string) =>
      existsSync(`${folder}${name}-before.txt`)
        ? counterDelta(
            ...(['before', 'after'].map((when) => readCounters(textOf(`${folder}${name}-${when}.txt`))) as [
              never,
              never,
            ]),
          )
        : undefined;
    const vmstat = delta('vmstat')!;
    const ours = {
      vmstat_delta: vmstat,
      crosscheck_notes: CROSSCHECK_NOTES,
      crosscheck_with_vmstat: crossCheck(summarize(traceAt(trace)), vmstat, delta('cgroup-memory.stat')),
    };
    const { vmstat_delta, crosscheck_notes, crosscheck_with_vmstat } = jsonOf(summary);
    expect(ours).toEqual({ vmstat_delta, crosscheck_notes, crosscheck_with_vmstat });
  });

  test('blkparse of a run', () => {
    const folder = `${FULL}blktrace-stream-write/`;
    expect(summarizeBlkparse(traceAt(`${folder}blkparse.txt`))).toEqual(jsonOf(`${folder}blk-summary.json`));
  });

  test('every other shape of text, where the reference understands all its lines', () => {
    const { files } = jsonOf(`${FULL}format-variants/summary.json`) as { files: Record<string, Json> };
    const understood = Object.entries(files).filter(([, { unparsed_lines }]) => unparsed_lines === 0);
    expect(understood.length).toBeGreaterThan(40);
    for (const [name, expected] of understood) {
      const read = traceAt(`${FULL}format-variants/${name}`);
      const ours = { ...summarize(read), buffer_started_lines: read.reading.bufferStartedLines };
      const compared = Object.keys(expected).map((key) => [key, ours[key as keyof TraceSummary]]);
      expect({ name, ...Object.fromEntries(compared) }).toEqual({ name, ...expected });
    }
  });
});
