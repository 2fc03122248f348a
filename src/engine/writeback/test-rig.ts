import type { Ns, Pages, Pfn } from '../../abi/units.ts';
import type { MachineConfig, Sysctl } from '../machine/config.ts';
import { Kernel } from '../machine/kernel.ts';
import { KERNEL_FUNCTIONS, kernelFunction } from '../machine/kernel-function.ts';
import { lruCacheAdd } from '../machine/lru-moves.ts';
import { createMachine } from '../machine/machine.ts';
import { addToPageCache } from '../machine/page-cache.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { endPageWriteback, setPageDirty, setPageWriteback } from '../machine/page-state.ts';
import { PLAIN_CONFIG, PLAIN_SYSCTL } from '../machine/plain-machine.test-double.ts';
import type { DirtyLimits, DirtyThrottling } from '../machine/policy/dirtying.ts';
import type { FlusherLists, FlusherWork } from '../machine/policy/flusher.ts';
import type { MemcgCleaner } from '../machine/policy/memcg-cleaner.ts';
import type { ReclaimNaps } from '../machine/policy/reclaim-naps.ts';
import type { Answers, Policy } from '../machine/policy.ts';
import type { Sockets } from '../machine/sockets.ts';
import { pageAt, SPACE_FILE, type Space } from '../machine/space.ts';
import { createTask, FLUSHER, TASK, type Task } from '../machine/task.ts';
import { pushEvent } from '../sim/event-queue.ts';
import { andThen, enter, type Frame, link, ret, steps } from '../sim/kthread.ts';
import { Scheduler } from '../sim/scheduler.ts';
import { Recorder } from '../trace/recorder.ts';
import { enterFlusher } from './flusher.ts';
import { initWriteback } from './init.ts';
import { writebackSockets } from './sockets.ts';

/** A small machine for this room's tests: a disk that takes one page after the other stands for everything below. */
export interface Rig {
  readonly k: Kernel;
  readonly files: readonly Space[];
  /** One row per call of writeRun. */
  readonly runs: Run[];
  /** Called when a run is handed over, before anything is done with it. */
  onRun: (run: Run) => void;
  /** Time the disk takes for a page; Infinity: it never finishes. */
  pageNs: Ns;
  /** Whoever hands over a run sleeps this long, as in get_request_wait(). */
  submitNs: Ns;
}
export interface Run {
  readonly atNs: Ns;
  readonly by: number;
  readonly file: number;
  readonly indices: readonly Pages[];
}

export interface RigSpec {
  readonly totalPages?: Pages;
  readonly filePages?: readonly Pages[];
  readonly config?: Partial<MachineConfig>;
  readonly sysctl?: Partial<Sysctl>;
  /** What differs from the answers of 2.6.35. */
  readonly policy?: RigPolicy;
}
export interface RigPolicy {
  readonly flusherLists?: Partial<FlusherLists>;
  readonly flusherWork?: Partial<FlusherWork>;
  readonly dirtyThrottling?: Partial<DirtyThrottling>;
  readonly dirtyLimits?: Partial<DirtyLimits>;
}

const CONFIG: MachineConfig = { ...PLAIN_CONFIG, bdiWarm: true };
const SYSCTL: Sysctl = { ...PLAIN_SYSCTL, historicalBugs: true };

const SAID = { id: '', label: '', source: '' };
const policyOf = ({ flusherLists, flusherWork, dirtyThrottling, dirtyLimits }: RigPolicy): Partial<Policy> => ({
  skippedDirty: { ...SAID, setsAside: false, activates: false, tagsReclaim: false, hasOwnList: false },
  flusherLists: { ...SAID, hasB3: true, startsOncePerWork: false, ...flusherLists },
  flusherWork: {
    ...SAID,
    queuesBackground: true,
    runningIsInProgress: false,
    yieldsToWork: false,
    chunksByBandwidth: false,
    startsAll: false,
    ...flusherWork,
  },
  dirtyThrottling: {
    ...SAID,
    dirtierWrites: true,
    globalLimitHolds: false,
    clipsShare: true,
    countsThinkTime: false,
    ...dirtyThrottling,
  },
  reclaimNaps: { ...SAID, whileFlooded: true } as ReclaimNaps,
  memcgCleaner: { ...SAID, limitsDirtyPages: false, hasFlusher: false } as MemcgCleaner,
  dirtyLimits: { ...SAID, minRatio: 5, anonIsDirtyable: true, reserve: () => 0, ...dirtyLimits },
});

const PAGE_WRITTEN = 0x20;

export function createRig({
  totalPages = 16384,
  filePages = [8192],
  config = {},
  sysctl = {},
  policy = {},
}: RigSpec = {}): Rig {
  const m = createMachine({
    config: { ...CONFIG, totalPages, ...config },
    sysctl: { ...SYSCTL, ...sysctl },
    answers: {} as Answers,
    workload: {},
    spaces: filePages.map((sizePages, at) => ({
      kind: SPACE_FILE,
      name: `file ${at}`,
      disk: at % (config.disks ?? 1),
      sizePages,
      extents: [{ firstIndex: 0, pages: sizePages, sector: 0 }],
      hasContent: false,
    })),
  });
  const sched = new Scheduler<Kernel>(m.sim, link(KERNEL_FUNCTIONS), (k, _what, pfn) => endPageWriteback(k, pfn));
  const rig: Partial<Rig> = { runs: [], onRun: () => {}, pageNs: 0.05e6, submitNs: 0, files: m.spaces };
  const call = stubs(rig as Rig) as Sockets;
  const beside = { call, policy: policyOf(policy) as Policy, devices: [], trace: new Recorder(16) };
  const k = new Kernel(m, sched, beside);
  initWriteback(k);
  return Object.assign(rig, { k }) as Rig;
}

function stubs(rig: Rig): Partial<Sockets> {
  let diskFreeNs = 0;
  return {
    ...writebackSockets,
    doWritepages: (k, t, space) => writebackSockets.writeCachePages(k, t, space),
    unplug: () => {},
    writeRun: (k: Kernel, t: Task, space: Space, pfns: Pfn[]): number => {
      const run = { atNs: k.nowNs, by: t.id, file: space.id, indices: pfns.map((pfn) => k.pages.columns.index[pfn]!) };
      rig.runs.push(run);
      rig.onRun(run);
      for (const pfn of pfns) {
        setPageWriteback(k, pfn);
        unlockPage(k, pfn);
        diskFreeNs = Math.max(diskFreeNs, k.nowNs) + rig.pageNs;
        if (diskFreeNs < Infinity) pushEvent(k.m.sim.queue, diskFreeNs, PAGE_WRITTEN, pfn);
      }
      return rig.submitNs === 0 ? 0 : enter(t, napFunction, { ns: rig.submitNs });
    },
  };
}

interface NapFrame extends Frame {
  readonly ns: Ns;
}
const napAt = steps('sleep', 'over');
const napFunction = kernelFunction<NapFrame, keyof typeof napAt>('test_nap', 0, napAt, {
  sleep: (k, f, t) => k.sched.sleep(t, 0, 0, f.ns, napAt.over),
  over: (_k, _f, t) => ret(t, 0),
});

/** A call that sleeps on the clock, for a script. */
export const nap = (ns: Ns) => (_k: Kernel, t: Task) => enter(t, napFunction, { ns });

export type Call = (k: Kernel, t: Task) => number;
interface ScriptFrame extends Frame {
  readonly calls: Iterator<Call>;
}
const scriptAt = steps('call');
const scriptFunction = kernelFunction<ScriptFrame, keyof typeof scriptAt>('test_script', 0, scriptAt, {
  call: (k, f, t) => {
    const next = f.calls.next();
    return next.done === true ? ret(t, 0) : andThen(t, f, scriptAt.call, next.value(k, t));
  },
});

/** A task that makes these calls one after the other. */
export function addTask(rig: Rig, calls: Iterable<Call>): Task {
  const id = rig.k.m.sim.threads.length;
  const t = createTask(id, TASK, `task ${id}`, 'W');
  enter(t, scriptFunction, { calls: calls[Symbol.iterator]() });
  rig.k.sched.start(t);
  return t;
}

export function addFlusher(rig: Rig, wb = 0): Task {
  const t = createTask(rig.k.m.sim.threads.length, FLUSHER, 'flush-8:0', 'F');
  enterFlusher(t, wb);
  rig.k.sched.start(t);
  return t;
}

export function runUntil(rig: Rig, ns: Ns): void {
  rig.k.sched.horizonNs = ns;
  while (rig.k.sched.runOne(rig.k));
  rig.k.m.sim.nowNs = ns;
}

/** A page of the file that is in memory and clean. */
export function cachePage(k: Kernel, space: Space, index: Pages): Pfn {
  const cached = pageAt(space, index);
  if (cached >= 0) return cached;
  const pfn = k.buddy.alloc(0);
  k.pages.reset(pfn);
  addToPageCache(k, pfn, space, index);
  lruCacheAdd(k, pfn);
  return pfn;
}

/** What a store does to a page of a file. */
export function dirtyPage(k: Kernel, t: Task, space: Space, index: Pages): Pfn {
  const pfn = cachePage(k, space, index);
  k.pages.columns.version[pfn]!++;
  setPageDirty(k, t, pfn);
  return pfn;
}

export function dirtyRange(k: Kernel, t: Task, space: Space, first: Pages, count: Pages): void {
  for (let index = first; index < first + count; index++) dirtyPage(k, t, space, index);
}

/** A task that never runs: somebody to dirty pages. */
export const nobody = (): Task => createTask(99, TASK, 'nobody', 'N');
