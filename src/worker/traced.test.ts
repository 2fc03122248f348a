import { MessageChannel } from 'node:worker_threads';
import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import type { WorkerLike } from './guard.ts';
import { openTrace, traceAmong } from './opened-trace.ts';
import { connectTraced } from './traced.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function connected(api: Record<string, unknown>) {
  const channel = new MessageChannel();
  channels.push(channel);
  expose({ ping: () => ({}), ...api }, channel.port2 as unknown as Parameters<typeof expose>[1]);
  const worker = channel.port1 as unknown as WorkerLike;
  worker.terminate = () => channel.port2.close();
  const onLost = vi.fn();
  return { client: connectTraced('A', worker, onLost), onLost };
}

test('how far a trace is read is told on the way', async () => {
  const { client } = connected({
    open: async (_files: unknown, report: (done: number) => void) => {
      await report(0.5);
      return { ok: true, value: 'info' };
    },
  });
  const told: number[] = [];
  await expect(client.open([], (done) => told.push(done))).resolves.toEqual({ ok: true, value: 'info' });
  expect(told).toEqual([0.5]);
  client.close();
});

test('reading is given up by closing: the call answers, and nothing is reported as lost', async () => {
  const { client, onLost } = connected({ open: () => new Promise(() => undefined) });
  const opening = client.open([], () => undefined);
  client.close();
  await expect(opening).resolves.toMatchObject({ ok: false, error: { kind: 'worker-lost', message: 'it was ended' } });
  expect(onLost).not.toHaveBeenCalled();
});

const LINE = '         kswapd0-44      [001] d..1.    12.123087: mm_vmscan_kswapd_wake: nid=0 order=0\n';
const ROWS = 2000;
const bytes = new TextEncoder().encode(LINE.repeat(ROWS));
const file = new File([bytes], 'trace.txt');

/** 64-bit FNV-1a, the plain way. */
function hashOf(all: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of all) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

test('a file is read piece by piece and named by its bytes', async () => {
  const told: number[] = [];
  const opened = await openTrace(file, (done) => told.push(done));
  expect(opened.ok && opened.value.ref).toEqual({ name: 'trace', bytes: bytes.length, hash: hashOf(bytes) });
  expect(opened.ok && opened.value.read.table.count).toBe(ROWS);
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

const textFile = (name: string, text: string) => new File([text], name);
const VMSTAT = 'nr_free_pages 3840\npgpgin 12\npgscan_direct 7\n';

test('of a folder the trace is taken, and what the kernel counted, by content; what else there is is named', async () => {
  const files = [
    textFile('meminfo.txt', 'MemTotal: 1 kB\n'),
    textFile('one', VMSTAT),
    file,
    textFile('two', VMSTAT),
    textFile('group', 'anon 1\nfile 2\npgfault 3\n'),
    textFile('small-trace.txt', LINE),
  ];
  await expect(traceAmong(files)).resolves.toEqual({
    ok: true,
    value: {
      trace: file,
      vmstat: [
        { name: 'one', text: VMSTAT },
        { name: 'two', text: VMSTAT },
      ],
      memoryStat: [{ name: 'group', text: 'anon 1\nfile 2\npgfault 3\n' }],
      aside: ['meminfo.txt', 'small-trace.txt'],
    },
  });
});

test('of files of which none is a trace, none is taken; one alone is for the reader to judge', async () => {
  const other = textFile('meminfo.txt', 'MemTotal: 1 kB\n');
  await expect(traceAmong([other, textFile('vmstat', VMSTAT)])).resolves.toMatchObject({
    error: { where: 'meminfo.txt, vmstat', message: 'none of the files is the text of a kernel trace' },
  });
  await expect(traceAmong([other])).resolves.toMatchObject({ ok: true, value: { trace: other } });
  await expect(traceAmong([])).resolves.toMatchObject({ ok: false });
});
