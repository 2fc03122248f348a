import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sniffMemoryStat, sniffVmstat } from './counters.ts';
import { sniffTrace } from './sniff.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const scores = (head: Uint8Array) => [sniffVmstat(head), sniffMemoryStat(head), sniffTrace(head)];
const fixture = (path: string) => gunzipSync(readFileSync(new URL(path, import.meta.url)));

test('/proc/vmstat is told from memory.stat of both kinds of cgroup, and a trace is neither', () => {
  expect(scores(fixture('../../traced/fixtures/small-stream-write.vmstat-after.txt.gz'))).toEqual([1, 0, 0]);
  expect(scores(bytes('anon 4096\nfile 0\npgfault 7\n'))).toEqual([0, 1, 0]);
  expect(scores(bytes('cache 0\r\nrss 0\r\npgpgin 0\r\npgfault 7\r\n'))).toEqual([0, 1, 0]);
  expect(scores(fixture('./fixtures/small-stream-write.txt.gz')).slice(0, 2)).toEqual([0, 0]);
});

test('other texts are neither; a line that is no counter lowers the score', () => {
  for (const text of [
    '',
    'MemTotal: 1 kB\nMemFree: 2 kB\n',
    'Node 0, zone DMA\n  pages free 3840\n      nr_free_pages 3840\n',
    'pgfault 7\n',
    'nr_free_pages many\n',
    'nr_free_pages 1\0\n',
  ])
    expect(scores(bytes(text)), text).toEqual([0, 0, 0]);
  expect(sniffVmstat(bytes('nr_free_pages 1\n# a remark of whoever sent it\n'))).toBe(0.5);
});
