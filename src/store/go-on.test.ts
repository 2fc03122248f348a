import { expect, test, vi } from 'vitest';
import type { RunError } from '../abi/errors.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { createAppStore } from './app-store.ts';
import { Driver } from './driver.ts';
import { FakeMachine } from './fake-machine.test-double.ts';
import { FrameFeed } from './feed.ts';
import { History } from './history.ts';
import { selectBroughtBack, selectCanGoOn, selectStatus } from './playback.ts';

const SCENARIO = { id: 'test', untilS: 2, inputs: [], kernels: { A: 'a', B: 'b' } } as unknown as Scenario;
const LOST: RunError = { kind: 'worker-lost', machine: 'A', message: 'it no longer answers' };

async function table() {
  const store = createAppStore();
  const feed = new FrameFeed();
  const history = new History();
  const started: FakeMachine[] = [];
  const lose: Partial<Record<MachineId, (error: RunError) => void>> = {};
  const start = (id: MachineId, onLost: (error: RunError) => void) => {
    lose[id] = onLost;
    const machine = new FakeMachine(30e6);
    started.push(machine);
    return machine;
  };
  const driver = new Driver({ start, store, feed, history, wall: () => 0, isHidden: () => false });
  const idle = () => vi.waitFor(() => expect(selectStatus(store.getState())).toBe('idle'));
  store.getState().setRun(SCENARIO, SCENARIO);
  driver.load(SCENARIO, { atNs: 0 }, false);
  await vi.waitFor(() => expect(feed.latest()).toBeDefined());
  return { driver, store, feed, history, started, lose, idle };
}

test('after a loss new machines repeat the run to the last frame, which stays; the past is kept once', async () => {
  const { driver, store, feed, history, started, lose, idle } = await table();
  driver.seek({ atNs: 700e6 });
  await idle();
  driver.seek({ atNs: 300e6 });
  await idle();
  const last = feed.latest();
  const { rows } = history.requests.A;
  lose.A?.(LOST);
  expect(selectCanGoOn(store.getState())).toBe(true);
  expect(feed.latest()).toBe(last);
  const shares: (number | undefined)[] = [];
  store.subscribe((state) => shares.push(selectBroughtBack(state)));
  driver.goOn();
  await idle();
  expect(started).toHaveLength(4);
  expect(await driver.hashes()).toMatchObject({ ok: true, value: { A: '300000000/300', B: '300000000/300' } });
  expect(feed.latest()!.atNs).toBe(300e6);
  expect(history.requests.A.rows).toBe(rows);
  const told = shares.filter((share) => share !== undefined);
  expect(told.length).toBeGreaterThan(10);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  // What had been run beyond it is gone to by running.
  started[2]!.calls.length = 0;
  driver.seek({ atNs: 600e6 });
  await idle();
  expect(started[2]!.calls[0]).toBe('seek 300');
  expect(feed.latest()!.atNs).toBe(600e6);
});

test('what played plays on, what stood still stands still', async () => {
  const { driver, store, lose } = await table();
  driver.play();
  lose.B?.(LOST);
  driver.goOn();
  await vi.waitFor(() => expect(store.getState().playback.at).toBe('playing'));
});

test('before there is a frame of the run there is nothing to go on from', async () => {
  const { driver, store, lose, started } = await table();
  driver.load({ ...SCENARIO, id: 'other' }, { atNs: 0 }, false);
  lose.A?.(LOST);
  expect(selectCanGoOn(store.getState())).toBe(false);
  expect(started).toHaveLength(2);
});

test('a question that is overtaken by a loss is answered all the same', async () => {
  const { driver, lose, idle } = await table();
  await idle();
  const answers = [driver.hashes(), driver.hashes()];
  lose.A?.(LOST);
  for (const answer of answers) await answer;
});
