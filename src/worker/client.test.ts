import { MessageChannel } from 'node:worker_threads';
import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunError } from '../abi/errors.ts';
import { connect } from './client.ts';
import type { WorkerLike } from './guard.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** A "worker" on the other end of a channel; `silent` stops answering without a word, as a terminated one does. */
function fakeWorker(api: Record<string, unknown>) {
  const channel = new MessageChannel();
  channels.push(channel);
  expose(api, channel.port2 as unknown as Parameters<typeof expose>[1]);
  const worker = channel.port1 as unknown as WorkerLike & { dispatchEvent(event: Event): boolean };
  worker.terminate = vi.fn(() => channel.port2.close());
  return worker;
}
const lostOf = (lost: RunError[]) =>
  lost.map((error) => (error.kind === 'worker-lost' ? `${error.machine}: ${error.message}` : error.kind));

test('answers come back as they were sent', async () => {
  const client = connect(
    'A',
    fakeWorker({ ping: () => true, hash: () => ({ ok: true, value: 'abc' }) }),
    () => undefined,
  );
  await expect(client.hash()).resolves.toEqual({ ok: true, value: 'abc' });
  client.close();
});

test('a script that does not load settles waiting and later calls, and is told once', async () => {
  const lost: RunError[] = [];
  const worker = fakeWorker({ ping: () => new Promise(() => undefined), hash: () => new Promise(() => undefined) });
  const client = connect('B', worker, (error) => lost.push(error));
  const waiting = client.hash();
  worker.dispatchEvent(new Event('error'));
  worker.dispatchEvent(new Event('messageerror'));
  await expect(waiting).resolves.toMatchObject({ ok: false, error: { kind: 'worker-lost', machine: 'B' } });
  await expect(client.hash()).resolves.toMatchObject({ ok: false });
  expect(lostOf(lost)).toEqual(['B: its script did not load']);
});

test('a killed worker sends no event: the missed heartbeat tells (pulse.test.ts: when)', async () => {
  const lost: RunError[] = [];
  const client = connect('A', fakeWorker({ ping: () => true, hash: () => ({ ok: true, value: 'abc' }) }), (error) =>
    lost.push(error),
  );
  await client.hash();
  client.kill();
  await vi.waitFor(() => expect(lost).toHaveLength(1), { timeout: 10_000, interval: 10 });
  expect(lostOf(lost)).toEqual(['A: it no longer answers']);
});

test('closing is not an error', async () => {
  const lost: RunError[] = [];
  const client = connect('A', fakeWorker({ ping: () => true, hash: () => new Promise(() => undefined) }), (error) =>
    lost.push(error),
  );
  const waiting = client.hash();
  client.close();
  await expect(waiting).resolves.toMatchObject({ ok: false });
  expect(lost).toEqual([]);
});
