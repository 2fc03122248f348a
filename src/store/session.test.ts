import { expect, test, vi } from 'vitest';
import type { Catalog } from '../abi/protocol.ts';
import type { Scenario } from '../abi/scenario.ts';
import { createAppStore } from './app-store.ts';
import type { Driver } from './driver.ts';
import { FrameFeed } from './feed.ts';
import { fragmentOf, LINK_MAX_CHARS } from './permalink.ts';
import { Session } from './session.ts';
import { TracedMachines } from './traced-machines.ts';

const scene = (id: string, workload: string): Scenario => ({
  format: 'reclaimscope-scenario',
  version: 1,
  id,
  title: id,
  watch: '',
  note: '',
  kernels: { A: 'a', B: 'b' },
  seed: 1,
  untilS: 10,
  workload,
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
});
const SCENES = [scene('first', 'w'), scene('replay', 'recorded')];
const CATALOG = {
  model: '1',
  kernels: [],
  workloads: [],
  knobs: [{ path: 'vm.live', kind: 'switch', live: true, initial: false, label: '', doc: '', source: '' }],
} satisfies Catalog;
const TRACE = '   dd-1 [000] .... 1.000000: mm_filemap_add_to_page_cache: dev 8:1 ino 2a page=0x0 pfn=0x1 ofs=0\n';

function table() {
  const store = createAppStore();
  store.getState().setCatalog(CATALOG);
  const driver = { load: vi.fn(), turnKnob: vi.fn() };
  const feed = new FrameFeed();
  const session = new Session({
    store,
    feed,
    driver: driver as unknown as Driver,
    scenes: SCENES,
    shipped: [],
    traces: new TracedMachines(async () => () => {
      throw new Error('no trace is opened here');
    }),
    shippedTraces: () => Promise.resolve([]),
    startPaused: false,
  });
  return { store, driver, session, feed };
}

test('without a link the first scene opens, playing', async () => {
  const { session, driver } = table();
  await session.open('');
  expect(driver.load).toHaveBeenCalledWith(SCENES[0], { atNs: 0 }, true, undefined);
});

test('another seed or a boot knob starts the run again, without what had been turned', async () => {
  const { session, driver, store } = table();
  await session.open('');
  store.getState().addInput({ atNs: 1, machine: 'A', path: 'vm.live', value: true });
  await session.setKnob('machine.memory_mib', 32, 'B');
  await session.setSeed(9);
  const started = driver.load.mock.calls.at(-1)![0] as Scenario;
  expect(started).toMatchObject({ seed: 9, knobsOf: { A: {}, B: { 'machine.memory_mib': 32 } }, inputs: [] });
  expect(store.getState().scene).toBe(SCENES[0]);
});

test('a live knob is turned in the running machines', async () => {
  const { session, driver } = table();
  await session.open('');
  await session.setKnob('vm.live', true, 'A');
  expect(driver.turnKnob).toHaveBeenCalledWith('vm.live', true, 'A');
  expect(driver.load).toHaveBeenCalledTimes(1);
});

test('a link to a recording that is not here asks for its file, and takes no other', async () => {
  const { session, driver, store } = table();
  const recording = { name: 'mine', bytes: 5, hash: '0123456789abcdef' };
  store.getState().setRun(SCENES[1]!, { ...SCENES[1]!, recording });
  const twin = { atNs: 0, A: { eventsDone: 0 }, B: { eventsDone: 0 }, stopped: {} } as never;
  await session.open((await fragmentOf(store.getState(), twin, SCENES))!);
  expect(store.getState().wanted).toEqual(recording);
  expect(driver.load).not.toHaveBeenCalled();
  await session.openFiles([new File([TRACE], 'other.txt')]);
  expect(driver.load).not.toHaveBeenCalled();
  expect(store.getState().notice).toContain('not the recording of the link');
});

test('a dropped recording is replayed and named by its bytes', async () => {
  const { session, driver, store } = table();
  await session.openFiles([new File([TRACE], 'trace.txt')]);
  expect(store.getState().notice).toBe('');
  const [scenario, , , recording] = driver.load.mock.calls[0]!;
  expect(scenario).toMatchObject({ workload: 'recorded', recording: { bytes: TRACE.length } });
  expect(recording).toMatchObject({ tasks: ['dd-1'] });
});

test('junk is told in one sentence and leaves the run alone', async () => {
  const { session, driver, store } = table();
  await session.open('');
  await session.openFiles([new File(['{"format": "reclaimscope-scenario", "version": 9}'], 'junk.json')]);
  expect(store.getState().notice).toContain('junk.json');
  expect(driver.load).toHaveBeenCalledTimes(1);
});

test('a run saved as a file opens at its place, standing still, with its knobs', async () => {
  const { session, driver, store, feed } = table();
  await session.open('');
  const inputs = Array.from({ length: 900 }, (_, i) => ({
    atNs: i,
    machine: 'both' as const,
    path: `vm.knob_${i}`,
    value: (i * 7919) % 1000,
  }));
  store.getState().setInputs(inputs);
  feed.publish({ atNs: 2_500_000_001, A: { eventsDone: 1 }, B: { eventsDone: 2 }, stopped: {} } as never);
  const link = await fragmentOf(store.getState(), feed.latest(), SCENES);
  expect(link!.length).toBeGreaterThan(LINK_MAX_CHARS);
  const file = (await session.file())!;
  await session.openFiles([new File([file.text], file.name)]);
  const [scenario, place, playing] = driver.load.mock.calls.at(-1)!;
  expect(scenario).toMatchObject({ id: 'first', inputs });
  expect([place, playing]).toEqual([{ atNs: 2_500_000_001 }, false]);
});

test('another scene forgets zoom, markers and what was pinned; another seed keeps them', async () => {
  const { session, store } = table();
  await session.open('');
  store.setState({ zoom: { fromNs: 1, toNs: 2 }, markers: { a: 1 }, pinned: { kind: 'task', id: 1 } });
  await session.setSeed(3);
  expect(store.getState()).toMatchObject({ markers: { a: 1 }, pinned: { kind: 'task' } });
  await session.openFiles([new File([TRACE], 'trace.txt')]);
  expect(store.getState()).toMatchObject({ zoom: undefined, markers: {}, pinned: undefined });
});
