import { expect, test, vi } from 'vitest';
import type { Parting } from '../abi/divergence.ts';
import type { Scenario } from '../abi/scenario.ts';
import { createAppStore } from './app-store.ts';
import { breakpointsOf } from './breaks.ts';
import { Driver } from './driver.ts';
import { FakeMachine } from './fake-machine.test-double.ts';
import { FrameFeed } from './feed.ts';
import { History } from './history.ts';
import { selectStatus } from './playback.ts';

const SCENARIO = { id: 'test', untilS: 2, inputs: [] } as unknown as Scenario;

async function table() {
  const store = createAppStore();
  const feed = new FrameFeed();
  const machines = { A: new FakeMachine(7e6), B: new FakeMachine(1000e6) };
  const driver = new Driver({
    start: (id) => machines[id],
    store,
    feed,
    history: new History(),
    wall: () => 0,
    isHidden: () => false,
  });
  const idle = () => vi.waitFor(() => expect(selectStatus(store.getState())).toBe('idle'));
  store.getState().setRun(SCENARIO, SCENARIO);
  driver.load(SCENARIO, { atNs: 0 }, false);
  await idle();
  const times = () => [feed.latest()!.A.nowNs, feed.latest()!.B.nowNs];
  return { store, feed, machines, driver, idle, times };
}
const parting = { atNs: 700e6, eventsDone: 700 } as Parting;

test('both stop where the first of them meets a breakpoint, and the other goes back there', async () => {
  const { store, machines, driver, idle, times } = await table();
  machines.A.hitsAtNs = [300e6, 900e6];
  machines.B.hitsAtNs = [310e6];
  driver.runUntil();
  await idle();
  expect(times()).toEqual([300e6, 300e6]);
  expect(store.getState().breakEnd).toMatchObject({ by: 'hit', atNs: 300e6, hits: { A: { who: 'dd', atNs: 300e6 } } });
  expect(Object.keys((store.getState().breakEnd as { hits: object }).hits)).toEqual(['A']);
  // And on from there: it is the other one's turn.
  driver.runUntil();
  await idle();
  expect(times()).toEqual([310e6, 310e6]);
  expect(store.getState().breakEnd).toMatchObject({ by: 'hit', hits: { B: { atNs: 310e6 } } });
});

test('a knob turned at a breakpoint is stamped with its time, not with the one that was asked for', async () => {
  const { store, machines, driver, idle } = await table();
  machines.B.hitsAtNs = [333e6];
  driver.runUntil();
  await idle();
  driver.turnKnob('vm.x', 1, 'both');
  await idle();
  expect(store.getState().scenario!.inputs).toEqual([{ atNs: 333e6, machine: 'both', path: 'vm.x', value: 1 }]);
});

test('without a hit it ends with the scene, and says so; a pause on the way gives it up', async () => {
  const { store, machines, driver, idle, times } = await table();
  driver.runUntil();
  await idle();
  expect(times()).toEqual([2e9, 2e9]);
  expect(store.getState().breakEnd).toEqual({ by: 'end', atNs: 2e9 });
  driver.seek({ atNs: 0 });
  await idle();
  machines.A.hitsAtNs = [1e9];
  driver.runUntil();
  driver.pause();
  driver.seek({ atNs: 5e6 });
  await idle();
  expect(times()).toEqual([5e6, 5e6]);
  expect(store.getState().breakEnd).toBeUndefined();
});

test('where A and B part is gone to, unless a breakpoint comes first; what lies behind is not gone back to', async () => {
  const { store, machines, driver, idle, times } = await table();
  store.getState().watch('divergence', true);
  driver.runUntil(parting);
  await idle();
  expect(times()).toEqual([700e6, 700e6]);
  expect(store.getState().breakEnd).toEqual({ by: 'parting', atNs: 700e6, parting });
  store.getState().watch('direct-writepage', false);
  expect(breakpointsOf(store.getState())).toEqual([]);
  driver.runUntil(parting);
  await idle();
  expect(times()).toEqual([700e6, 700e6]);
  store.getState().watch('oom', true);
  driver.seek({ atNs: 0 });
  await idle();
  machines.B.hitsAtNs = [40e6];
  driver.runUntil(parting);
  await idle();
  expect(store.getState().breakEnd).toMatchObject({ by: 'hit', hits: { B: { kind: 'oom', atNs: 40e6 } } });
});

test('a run that failed goes nowhere', async () => {
  const { store, driver } = await table();
  store.getState().fail({ kind: 'worker-lost', machine: 'A', message: 'gone' });
  driver.runUntil();
  expect([store.getState().breakEnd, store.getState().busy]).toEqual([undefined, false]);
});

test('a step that was given up says so', async () => {
  const { store, machines, driver, idle } = await table();
  machines.A.givesUp = true;
  driver.step({ kind: 'into', thread: 3 }, 'A');
  await idle();
  expect(store.getState().notice).toBe('kswapd0 slept for the next 50\u2009000 events: step again to look further.');
});
