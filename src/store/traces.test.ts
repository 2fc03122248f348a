import { expect, test, vi } from 'vitest';
import { err, ok } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { Scenario } from '../abi/scenario.ts';
import type { TracedInfo } from '../abi/traced.ts';
import { createAppStore } from './app-store.ts';
import type { Driver } from './driver.ts';
import { FakeMachine } from './fake-machine.test-double.ts';
import { FrameFeed } from './feed.ts';
import { pageLab } from './page-lab.ts';
import { fragmentOf } from './permalink.ts';
import { Session } from './session.ts';
import { Side } from './side.ts';
import { besideTrace, swappedSides, TraceDesk, withoutTrace } from './trace-desk.ts';
import { type TracedMachine, TracedMachines } from './traced-machines.ts';

const REF = { name: 'trace', bytes: 12, hash: '0123456789abcdef' };
const INFO = { ref: REF, durationNs: 2.34e9, remark: '', script: { text: 'table', rows: [] } } as unknown as TracedInfo;
const FILES = [new File(['x'], 'trace.txt')];
const SCENE: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'scene',
  title: 'A scene',
  watch: 'what to watch',
  note: 'held back',
  kernels: { A: 'a', B: 'b' },
  seed: 1,
  untilS: 10,
  openAtS: 3,
  workload: 'w',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};

/** Test double of a trace's machine: reads one file in two steps. */
class FakeTrace extends FakeMachine implements TracedMachine {
  async open(_files: readonly File[], report: (done: number) => void) {
    this.calls.push('open');
    report(0.5);
    await Promise.resolve();
    return this.calls.includes('close') ? err({ kind: 'bad-input', where: 'trace', message: 'ended' }) : ok(INFO);
  }
  workload: TracedMachine['workload'] = vi.fn();
  biography: TracedMachine['biography'] = vi.fn();
  stallList: TracedMachine['stallList'] = vi.fn(() => Promise.resolve(ok({ stalls: [], count: 7, totalNs: 0 })));
}

function table() {
  const made: FakeTrace[] = [];
  const store = createAppStore();
  const start = () => {
    made.push(new FakeTrace());
    return made.at(-1)!;
  };
  const traces = new TracedMachines(async () => start);
  return { made, store, traces, desk: new TraceDesk(store, traces, []) };
}

async function opened() {
  const all = table();
  const read = await all.desk.read('A', FILES);
  if (!read.ok) throw new Error('not read');
  all.traces.take('A', read.value);
  return { ...all, trace: read.value, scenario: besideTrace(SCENE, 'A', read.value) };
}

test('how far a trace is read is told, and nothing more once it is', async () => {
  const { store, desk } = table();
  const told: (number | undefined)[] = [];
  store.subscribe(({ opening }) => told.push(opening?.done));
  await desk.read('A', FILES);
  expect(told).toEqual([0, 0.5, undefined]);
});

test('given up, its thread ends and what was open stays open', async () => {
  const { desk, traces, made, scenario, store } = await opened();
  const second = desk.read('A', FILES);
  await Promise.resolve(); // its thread is started
  desk.cancel();
  expect((await second).ok).toBe(false);
  expect(made[1]!.calls).toContain('close');
  expect(store.getState().opening).toBeUndefined();
  expect(traces.of('A')?.client).toBe(made[0]);
  expect(await desk.bring(scenario)).toEqual(ok({ traced: { A: INFO } }));
});

test('beside a trace the scene lasts as long as the trace, from its start, and goes back to what it was', async () => {
  const { scenario } = await opened();
  expect(scenario).toMatchObject({ title: 'trace beside A scene', untilS: 2.4, traces: { A: REF }, id: 'scene' });
  expect(scenario).not.toHaveProperty('openAtS');
  const { inputs, ...back } = withoutTrace(scenario, 'A', SCENE);
  expect({ ...back, inputs }).toEqual(SCENE);
});

test('two traces play as long as the longer one; without one of them the other goes on beside the scene', async () => {
  const { scenario, trace } = await opened();
  const other = { ...trace, info: { ...INFO, ref: { ...REF, name: 'other', hash: 'f'.repeat(16) }, durationNs: 1e9 } };
  const both = besideTrace(scenario, 'B', other);
  expect(both).toMatchObject({ title: 'trace beside other', untilS: 2.4, traces: { A: REF, B: other.info.ref } });
  expect(withoutTrace(both, 'A', SCENE)).toMatchObject({ title: 'other beside A scene', untilS: 2.4 });
  expect(withoutTrace(both, 'A', SCENE).traces).toEqual({ B: other.info.ref });
  expect(swappedSides(both)).toMatchObject({ kernels: { A: 'b', B: 'a' }, traces: { A: other.info.ref, B: REF } });
  expect(swappedSides(scenario).traces).toEqual({ B: REF });
});

test('sides are changed by reading the files again', async () => {
  const { desk, made, scenario, traces } = await opened();
  expect(await desk.bring(swappedSides(scenario))).toEqual(ok({ traced: { B: INFO } }));
  expect(made[1]!.calls).toEqual(['open']);
  expect([traces.of('A')?.client, traces.of('B')?.client]).toEqual(made);
});

test('a trace that a scenario names and nobody has given is wanted', async () => {
  const { desk } = table();
  expect(await desk.bring({ ...SCENE, traces: { B: REF } })).toEqual(ok({ wanted: REF }));
});

test('a side plays a trace or a simulated machine, as the scenario says', async () => {
  const { traces, made, scenario } = await opened();
  const engine = new FakeMachine();
  const side = new Side(
    'A',
    () => engine,
    traces,
    () => undefined,
  );
  await side.load(scenario, 'A');
  await side.advance(5e6, true);
  expect(made[0]!.calls).toEqual(['open', 'load', 'advance 5']);
  expect(engine.calls).toEqual([]);
  await side.load(SCENE, 'A');
  await side.seek(1e6);
  expect(engine.calls).toEqual(['load', 'seek 1']);
  expect(made[0]!.calls).toContain('close');
});

test('a trace whose thread has ended is read again from its file', async () => {
  const { traces, made, scenario } = await opened();
  const first = new Side(
    'A',
    () => new FakeMachine(),
    traces,
    () => undefined,
  );
  await first.load(scenario, 'A');
  first.close();
  const second = new Side(
    'A',
    () => new FakeMachine(),
    traces,
    () => undefined,
  );
  expect((await second.load(scenario, 'A')).ok).toBe(true);
  expect(made[1]!.calls).toEqual(['open', 'load']);
});

test('the lab asks a trace what it can tell, the simulator about simulated machines, and refuses the rest', async () => {
  const { traces, scenario } = await opened();
  const run = vi.fn();
  const lab = pageLab({ run, workers: 2 }, traces);
  const ask = { scenario, machine: 'A', untilNs: 1 } as const;
  expect(await lab.run('script', ask)).toEqual(ok({ text: 'table', rows: [] }));
  expect(await lab.run('stalls', ask)).toMatchObject({ value: { count: 7 } });
  expect(await lab.run('outcome', ask)).toMatchObject({ error: { where: 'trace' } });
  expect(await lab.run('divergence', { scenario, untilNs: 1 })).toMatchObject({ error: { where: 'trace' } });
  expect(run).not.toHaveBeenCalled();
  await lab.run('outcome', { ...ask, machine: 'B' });
  expect(run).toHaveBeenCalledOnce();
});

/** The page with one scene, a replayer, and no trace that comes with it. */
function page() {
  const all = table();
  const driver = { load: vi.fn(), turnKnob: vi.fn() };
  const replay = { ...SCENE, id: 'replay', workload: 'recorded' };
  const session = new Session({
    store: all.store,
    feed: new FrameFeed(),
    driver: driver as unknown as Driver,
    scenes: [SCENE, replay],
    shipped: [],
    traces: all.traces,
    shippedTraces: () => Promise.resolve([]),
    startPaused: false,
  });
  const drop = (name = 'trace.txt') => session.openFiles([new File([KSWAPD], name)]);
  return { ...all, driver, session, drop, last: () => driver.load.mock.calls.at(-1)! };
}

const KSWAPD = ' kswapd0-44 [001] ..... 1.000000: mm_vmscan_kswapd_wake: nid=0 order=0\n';
const RECORDING = { task: [0], dropped: { unknownLines: 1 } } as unknown as Recording;

test('a dropped trace plays as A beside the scene, and changes sides, and goes for the kernel that is picked', async () => {
  const { session, drop, last, store } = page();
  await session.open('');
  await drop();
  expect(last().slice(0, 3)).toMatchObject([{ traces: { A: REF }, untilS: 2.4, id: 'scene' }, { atNs: 0 }, true]);
  expect(store.getState().notice).toBe('A plays trace, a recorded kernel.');
  await session.setSeed(7);
  expect(last().slice(0, 2)).toMatchObject([{ seed: 7, traces: { A: REF } }, { atNs: 0 }]);
  await session.swapSides();
  expect(last()[0]).toMatchObject({ traces: { B: REF }, kernels: { A: 'b', B: 'a' } });
  await session.setKernel('B', 'c');
  expect(last().slice(0, 2)).toMatchObject([{ ...SCENE, seed: 7, kernels: { A: 'b', B: 'c' } }, { atNs: 3e9 }]);
  expect(last()[0]).not.toHaveProperty('traces');
});

test('nothing is turned in a recorded kernel; a knob of both is the simulated one’s', async () => {
  const { session, drop, driver, store } = page();
  const knob = { path: 'vm.live', kind: 'switch', live: true, initial: false, label: '', doc: '', source: '' } as const;
  store.getState().setCatalog({ model: '1', kernels: [], workloads: [], knobs: [knob] });
  await session.open('');
  await drop();
  await session.setKnob('vm.live', true, 'A');
  expect(store.getState().notice).toBe('trace: nothing can be turned in a recorded kernel.');
  expect(driver.turnKnob).not.toHaveBeenCalled();
  await session.setKnob('vm.live', true, 'both');
  expect(driver.turnKnob).toHaveBeenCalledWith('vm.live', true, 'both');
});

test('its workload is played beside it or on both, by the kernels that are on screen; a link to it takes the accesses from the trace', async () => {
  const { session, drop, last, made, store } = page();
  await session.open('');
  await drop();
  vi.mocked(made[0]!.workload).mockResolvedValue(ok(RECORDING));
  await session.runWorkload('A', 'beside');
  expect(last()).toMatchObject([{ id: 'replay', traces: { A: REF }, recording: REF }, {}, true, RECORDING]);
  expect(store.getState().notice).toBe('1 accesses of trace are played; 1 lines are no access.');
  const twin = { atNs: 0, A: { eventsDone: 0 }, B: { eventsDone: 0 }, stopped: {} } as never;
  await session.open((await fragmentOf(store.getState(), twin, [{ ...SCENE, id: 'replay', workload: 'recorded' }]))!);
  expect(last()).toMatchObject([{ traces: { A: REF }, recording: REF }, {}, false, RECORDING]);
  await session.runWorkload('A', 'both');
  // What the scene says of the recording that it comes with is not so of this one.
  expect(last()[0]).toMatchObject({
    watch: expect.stringContaining('the programs in trace'),
    note: '',
  });
  expect(last()[0]).toMatchObject({ id: 'replay', recording: REF, kernels: SCENE.kernels });
  expect(last()[0]).not.toHaveProperty('traces');
});

test('a link to a trace that is not here asks for its file, takes no other, and leaves what plays', async () => {
  const { session, drop, driver, store, made, traces } = page();
  await session.open('');
  const wanted = { name: 'mine', bytes: 5, hash: 'f'.repeat(16) };
  store.getState().setRun(SCENE, { ...SCENE, traces: { B: wanted } });
  const twin = { atNs: 0, A: { eventsDone: 0 }, B: { eventsDone: 0 }, stopped: {} } as never;
  await session.open((await fragmentOf(store.getState(), twin, [SCENE]))!);
  expect(store.getState().wanted).toEqual(wanted);
  await drop('other.txt');
  expect(store.getState().notice).toBe('That is trace (12 bytes), not the recording of the link.');
  expect(made[0]!.calls).toContain('close');
  expect(traces.of('B')).toBeUndefined();
  expect(driver.load).toHaveBeenCalledTimes(1);
});

test('the page on recording has an address of its own', async () => {
  const { session, driver, store } = page();
  await session.open('#record');
  expect(store.getState().definition).toBe('record');
  expect(driver.load).toHaveBeenCalledTimes(1);
});
