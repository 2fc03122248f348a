import { MessageChannel } from 'node:worker_threads';
import { expose } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import type { LabAsk, Outcome } from '../abi/lab.ts';
import { LabPool, type LabWorker } from './lab.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

const ASK = {} as LabAsk<'outcome'>;
const ANSWER: Outcome = { pageBytes: 4096, metrics: Float64Array.of(1), hash: 'abc' };

/** Workers on the other end of channels; each job waits until it is told to end. */
function fakeLab(workers: number) {
  const started: (() => void)[] = [];
  let ended = 0;
  const start = (): LabWorker => {
    const channel = new MessageChannel();
    channels.push(channel);
    const api = {
      run: (
        _id: string,
        _ask: unknown,
        _recording: unknown,
        report: (done: number) => void,
        write: (text: string) => void,
      ) =>
        new Promise((resolve) => {
          report(0.5);
          for (const text of ['one', 'two', 'three']) write(text);
          started.push(() => resolve({ ok: true, value: ANSWER }));
        }),
    };
    expose(api, channel.port2 as unknown as Parameters<typeof expose>[1]);
    const worker = channel.port1 as unknown as LabWorker;
    worker.terminate = () => {
      ended++;
      channel.port2.close();
    };
    return worker;
  };
  return { pool: new LabPool(start, workers), started, ended: () => ended };
}

test('no more jobs run at once than there are workers; the next one begins when one ends', async () => {
  const { pool, started } = fakeLab(2);
  const jobs = [1, 2, 3].map(() => pool.run('outcome', ASK));
  await expect.poll(() => started.length).toBe(2);
  started[0]!();
  await expect.poll(() => started.length).toBe(3);
  started[1]!();
  started[2]!();
  await expect(Promise.all(jobs)).resolves.toEqual(jobs.map(() => ({ ok: true, value: ANSWER })));
  expect(channels).toHaveLength(2);
});

test('a cancelled job ends its worker and answers; one still in line never begins', async () => {
  const { pool, started, ended } = fakeLab(1);
  const [first, second] = [new AbortController(), new AbortController()];
  const seen: number[] = [];
  const running = pool.run('outcome', ASK, { signal: first.signal, onProgress: (done) => seen.push(done) });
  const inLine = pool.run('outcome', ASK, { signal: second.signal });
  await expect.poll(() => seen).toEqual([0.5]);
  second.abort();
  await expect(inLine).resolves.toMatchObject({ ok: false, error: { message: 'cancelled' } });
  first.abort();
  await expect(running).resolves.toMatchObject({ ok: false, error: { message: 'cancelled' } });
  expect([started.length, ended()]).toEqual([1, 1]);
});

test('text comes in its order, piece by piece, while the job runs', async () => {
  const { pool, started } = fakeLab(1);
  const chunks: string[] = [];
  const job = pool.run('outcome', ASK, { onChunk: (text) => chunks.push(text) });
  await expect.poll(() => chunks).toEqual(['one', 'two', 'three']);
  started[0]!();
  await expect(job).resolves.toEqual({ ok: true, value: ANSWER });
});

test('a worker that fails answers with a sentence, and the next job gets a new one', async () => {
  const { pool, started } = fakeLab(1);
  const failing = pool.run('outcome', ASK);
  await expect.poll(() => started.length).toBe(1);
  (channels[0]!.port1 as unknown as EventTarget).dispatchEvent(new Event('error'));
  await expect(failing).resolves.toMatchObject({ ok: false, error: { kind: 'worker-lost' } });
  const next = pool.run('outcome', ASK);
  await expect.poll(() => started.length).toBe(2);
  started[1]!();
  await expect(next).resolves.toEqual({ ok: true, value: ANSWER });
});
