import { expect, test, vi } from 'vitest';
import type { Scenario } from '../abi/scenario.ts';
import { createAppStore } from './app-store.ts';
import { Driver } from './driver.ts';
import { FakeMachine } from './fake-machine.test-double.ts';
import { FrameFeed } from './feed.ts';
import { leftBehind } from './fork.ts';
import { History } from './history.ts';
import { selectStatus } from './playback.ts';

const SCENARIO = { untilS: 2, inputs: [], knobs: {}, knobsOf: { A: {}, B: {} } } as unknown as Scenario;
const MS = 1e6;

async function table() {
  const store = createAppStore();
  const feed = new FrameFeed();
  const history = new History();
  const machines = { A: new FakeMachine(), B: new FakeMachine(7 * MS) };
  const start = (id: 'A' | 'B') => machines[id];
  const driver = new Driver({ start, store, feed, history, wall: () => performance.now(), isHidden: () => false });
  const idle = () => vi.waitFor(() => expect(selectStatus(store.getState())).toBe('idle'));
  const at = async (ms: number) => {
    driver.seek({ atNs: ms * MS });
    await idle();
  };
  const turn = async (value: number) => {
    driver.turnKnob('vm.x', value, 'both');
    await idle();
  };
  const back = async (way: 'undo' | 'redo') => {
    driver.switchBranch(way);
    await idle();
  };
  const turned = () => store.getState().scenario!.inputs.map(({ atNs, value }) => [atNs / MS, value]);
  store.getState().setRun(SCENARIO, SCENARIO);
  driver.load(SCENARIO, { atNs: 0 }, false);
  await vi.waitFor(() => expect(feed.latest()).toBeDefined());
  return { store, feed, history, machines, driver, idle, at, turn, back, turned };
}

test('a knob turned in the past says what it left behind; undone, all of that is back and time has not moved', async () => {
  const { store, feed, history, machines, at, turn, back, turned } = await table();
  await at(300);
  await turn(1);
  await at(500);
  await turn(2);
  await at(800);
  await at(100);
  await turn(3);
  expect(turned()).toEqual([[100, 3]]);
  expect(store.getState()).toMatchObject({
    notice: 'Forgotten: 2 knobs and 0.7 s of the run after 0.100 s.',
    offer: 'undo',
  });
  expect([history.furthestNs, history.requests.A.rows]).toEqual([100 * MS, 50]);
  await back('undo');
  expect(turned()).toEqual([
    [300, 1],
    [500, 2],
  ]);
  expect(machines.B.inputs).toEqual(store.getState().scenario!.inputs);
  expect([history.furthestNs, history.requests.A.rows, history.samples.B.timeNs.length]).toEqual([800 * MS, 400, 400]);
  expect(history.furthestEvents).toEqual({ A: 800, B: 800 });
  expect(feed.latest()!.atNs).toBe(100 * MS);
});

test('undo, redo, undo again: each way finds its own inputs and its own past', async () => {
  const { feed, history, at, turn, back, turned, store } = await table();
  await at(400);
  await at(200);
  await turn(1);
  await at(900);
  await back('undo');
  expect([turned(), history.furthestNs]).toEqual([[], 900 * MS]);
  // The moment on screen lay beyond what had been seen without the knob: the machines have run there.
  expect([feed.latest()!.atNs, history.requests.B.rows]).toEqual([900 * MS, 450]);
  await back('redo');
  expect([turned(), feed.latest()!.atNs]).toEqual([[[200, 1]], 900 * MS]);
  await back('undo');
  expect([turned(), store.getState().undo.length, store.getState().redo.length]).toEqual([[], 0, 1]);
  await turn(5);
  expect(store.getState().redo).toEqual([]);
});

test('after an undone fork the machines have not been where the picture ends: they run there, in rounds', async () => {
  const { machines, at, turn, back, feed } = await table();
  await at(1500);
  await at(100);
  await turn(1);
  await back('undo');
  machines.A.calls.length = 0;
  await at(1200);
  expect(machines.A.calls.filter((call) => call.startsWith('seek'))).toEqual(['seek 100']);
  expect(machines.A.calls.filter((call) => call.startsWith('advance')).length).toBeGreaterThan(5);
  expect(feed.latest()!.A.nowNs).toBe(1200 * MS);
});

test('a knob turned at the furthest time forgets nothing, and is undone all the same', async () => {
  const { store, at, turn, back, turned } = await table();
  await at(300);
  await turn(1);
  expect(store.getState().notice).toBe('');
  await back('undo');
  expect(turned()).toEqual([]);
  await back('undo');
  expect(turned()).toEqual([]);
});

test('what is left behind in words', () => {
  const future = { furthestNs: 5e9 } as never;
  const input = { atNs: 4e9, machine: 'A', path: 'p', value: 1 } as const;
  expect(leftBehind({ atNs: 3e9, inputs: [input], future })).toBe(
    'Forgotten: 1 knob and 2.0 s of the run after 3.000 s.',
  );
  expect(leftBehind({ atNs: 5e9, inputs: [input], future })).toBeUndefined();
});
