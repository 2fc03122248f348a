import { expect, test, vi } from 'vitest';
import type { RunError } from '../abi/errors.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { TracedInfo } from '../abi/traced.ts';
import { createAppStore } from './app-store.ts';
import { Driver } from './driver.ts';
import { FakeMachine } from './fake-machine.test-double.ts';
import { FrameFeed } from './feed.ts';
import { History } from './history.ts';
import { FASTEST } from './pace.ts';
import { selectStatus } from './playback.ts';

const SCENARIO: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'test',
  title: '',
  watch: '',
  note: '',
  kernels: { A: 'a', B: 'b' },
  seed: 1,
  untilS: 2,
  workload: '',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};

async function table(playing = false) {
  const store = createAppStore();
  const feed = new FrameFeed();
  const history = new History();
  const machines = { A: new FakeMachine(7e6), B: new FakeMachine(1000e6) };
  const lose: Partial<Record<MachineId, (error: RunError) => void>> = {};
  let wallMs = 0;
  const driver = new Driver({
    start: (id, onLost) => {
      lose[id] = onLost;
      return machines[id];
    },
    store,
    feed,
    history,
    wall: () => wallMs,
    isHidden: () => false,
  });
  const frame = async () => {
    wallMs += 16;
    driver.turn();
    await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const idle = () => vi.waitFor(() => expect(selectStatus(store.getState())).toBe('idle'));
  store.getState().setRun(SCENARIO, SCENARIO);
  driver.load(SCENARIO, { atNs: 0 }, playing);
  await vi.waitFor(() => expect(feed.latest()).toBeDefined());
  return { store, feed, history, machines, driver, lose, frame, idle };
}

test('a twin frame is published only when both machines have reached the same time', async () => {
  const { feed, frame, store } = await table(true);
  store.getState().setSpeed(1);
  const times: number[][] = [];
  feed.subscribe(() => times.push([feed.latest()!.A.nowNs, feed.latest()!.B.nowNs]));
  for (let i = 0; i < 8; i++) await frame();
  expect(times.length).toBeGreaterThan(4);
  for (const [a, b] of times) expect(a).toBe(b);
  expect(feed.latest()!.atNs).toBeGreaterThan(50e6);
});

test('a seek goes back by checkpoint, and beyond what has been run by running', async () => {
  const { driver, feed, machines, history, idle } = await table();
  driver.seek({ atNs: 500e6 });
  await idle();
  expect(feed.latest()!.atNs).toBe(500e6);
  expect(history.requests.A.rows).toBe(250);
  machines.A.calls.length = 0;
  driver.seek({ atNs: 100e6 });
  await idle();
  expect(machines.A.calls).toEqual(['seek 100']);
  expect(feed.latest()!.B.nowNs).toBe(100e6);
  // The past that was drawn stays, and the future that was computed too.
  expect(history.requests.A.rows).toBe(250);
  expect(history.furthestNs).toBe(500e6);
});

test('of many seeks asked for while one is under way only the last counts', async () => {
  const { driver, feed, machines, idle } = await table();
  driver.seek({ atNs: 400e6 });
  await idle();
  machines.B.calls.length = 0;
  for (const ms of [10, 20, 30, 40]) driver.seek({ atNs: ms * 1e6 });
  await idle();
  expect(feed.latest()!.atNs).toBe(40e6);
  expect(machines.B.calls.filter((call) => call.startsWith('seek')).length).toBeLessThanOrEqual(2);
});

test('a knob is stamped with the furthest time asked for, told to both, and in the past forks', async () => {
  const { driver, machines, history, store, idle } = await table();
  driver.seek({ atNs: 300e6 });
  await idle();
  driver.turnKnob('vm.x', 1, 'A');
  await idle();
  driver.seek({ atNs: 100e6 });
  driver.turnKnob('vm.x', 2, 'both');
  await idle();
  expect(store.getState().scenario!.inputs).toEqual([{ atNs: 100e6, machine: 'both', path: 'vm.x', value: 2 }]);
  expect(machines.B.inputs).toEqual(store.getState().scenario!.inputs);
  expect(history.furthestNs).toBe(100e6);
  expect(history.requests.A.rows).toBe(50);
});

test('a knob that does not fit is told, and the run goes on', async () => {
  const { driver, store, idle } = await table();
  driver.turnKnob('no.such', 1, 'both');
  await idle();
  expect(store.getState().notice).toBe('There is no knob "no.such"; allowed: a.');
  expect(store.getState().scenario!.inputs).toEqual([]);
});

test('a step moves the selected machine by itself, the other to the same time; a step back undoes it', async () => {
  const { driver, feed, idle } = await table();
  driver.seek({ atNs: 10e6 });
  await idle();
  driver.step({ kind: 'batch' }, 'B');
  await idle();
  expect([feed.latest()!.A.nowNs, feed.latest()!.B.nowNs]).toEqual([11e6, 11e6]);
  driver.stepBack({ kind: 'batch' }, 'B');
  await idle();
  expect([feed.latest()!.A.nowNs, feed.latest()!.B.nowNs]).toEqual([10e6, 10e6]);
});

test('a step through a function is told its thread and may end within an instant; a stall ends with the whole of it', async () => {
  const { driver, feed, machines, idle } = await table();
  driver.seek({ atNs: 10e6 });
  await idle();
  machines.A.calls.length = 0;
  driver.step({ kind: 'into', thread: 3 }, 'A');
  await idle();
  expect(machines.A.calls).toEqual(['step into of 3']);
  driver.step({ kind: 'stall' }, 'A');
  await idle();
  expect(machines.A.calls).toEqual(['step into of 3', 'step stall', 'advance 12']);
  expect([feed.latest()!.A.nowNs, feed.latest()!.B.nowNs]).toEqual([12e6, 12e6]);
});

test('the run stops at the end of the scene, and play starts it again', async () => {
  const { driver, feed, store, frame } = await table(true);
  store.getState().setSpeed(FASTEST);
  await frame();
  await vi.waitFor(() => expect(store.getState().playback.at).toBe('stopped'));
  expect(feed.latest()!.atNs).toBe(2e9);
  expect(selectStatus(store.getState())).toBe('idle');
  store.getState().setSpeed(0.001);
  driver.play();
  await vi.waitFor(() => expect(feed.latest()!.atNs).toBeLessThan(1e9));
  expect(store.getState().playback.at).toBe('playing');
});

test('a kernel that came to an end by itself does not hold up the other', async () => {
  const { driver, feed, machines, idle } = await table();
  machines.A.stopsAtNs = 50e6;
  driver.seek({ atNs: 200e6 });
  await idle();
  expect(feed.latest()).toMatchObject({
    atNs: 200e6,
    A: { nowNs: 50e6 },
    B: { nowNs: 200e6 },
    stopped: { A: 'a lock cycle' },
  });
});

test('where both came to an end before the scene did the run is over; traces are no kernels that came to one', async () => {
  for (const [traced, because] of [
    [{}, 'Both kernels came to an end.'],
    [{ A: {} as TracedInfo, B: {} as TracedInfo }, 'Both came to their ends.'],
  ] as const) {
    const { machines, store, frame } = await table(true);
    store.getState().setTraced(traced);
    store.getState().setSpeed(FASTEST);
    machines.A.stopsAtNs = 50e6;
    machines.B.stopsAtNs = 80e6;
    await frame();
    await vi.waitFor(() => expect(store.getState().playback).toEqual({ at: 'stopped', because }));
  }
});

test('a lost machine fails the run with its sentence; the last frame stays and the run can be loaded again', async () => {
  const { driver, feed, machines, store, lose, idle } = await table();
  driver.seek({ atNs: 60e6 });
  await idle();
  lose.B!({ kind: 'worker-lost', machine: 'B', message: 'gone' });
  expect(selectStatus(store.getState())).toBe('failed');
  expect(feed.latest()!.atNs).toBe(60e6);
  expect(machines.A.calls.at(-1)).toBe('close');
  driver.load(SCENARIO, { atNs: 60e6 }, false);
  await idle();
  expect(feed.latest()!.atNs).toBe(60e6);
});

test('a place with events is restored exactly', async () => {
  const { driver, feed, store, idle } = await table();
  driver.load(SCENARIO, { atNs: 500e6, eventsDone: { A: 500, B: 500 } }, false);
  await vi.waitFor(() => expect(store.getState().playback.at).toBe('paused'));
  await idle();
  expect(feed.latest()).toMatchObject({ atNs: 500e6, A: { eventsDone: 500 }, B: { eventsDone: 500 } });
});

test('what frames carry is told at once, the newest only, and again when the machines are new', async () => {
  const { driver, machines, idle } = await table();
  await idle();
  const looks = () => machines.A.calls.filter((call) => call.startsWith('look'));
  const file = { order: 'file', parts: [], lit: [] } as const;
  driver.pause(); // under way
  driver.look({ ...file, order: 'pfn' });
  driver.look(file);
  await vi.waitFor(() => expect(looks()).toEqual(['look file']));
  await expect(driver.pageAt('A', { in: 'lens', at: 7 })).resolves.toEqual({ kind: 'page', space: 1, index: 7 });
  driver.load(SCENARIO, { atNs: 0 }, false);
  await vi.waitFor(() => expect(looks()).toEqual(['look file', 'look file']));
});
