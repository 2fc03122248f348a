import type { MachineFrame, MemcgFrame, TaskFrame } from '../../abi/frame.ts';
import { METRICS } from '../../abi/metrics.ts';
import { TRACED_PARTS } from '../../abi/traced.ts';

const NONE = Number.NaN;

const task = (id: number, name: string, kind: TaskFrame['kind']): TaskFrame => ({
  id,
  name,
  letter: name.slice(0, 1).toUpperCase(),
  kind,
  state: 'running',
  reclaim: 'none',
  stack: [],
  stackBytes: NONE,
  stackHighBytes: NONE,
  stackHigh: [],
  spliceAt: -1,
  waitsFor: '',
});

/** A group of which events name no more than that it is there. */
const GROUP: MemcgFrame = {
  name: 'cgroup 4242',
  parent: '',
  usagePages: NONE,
  limitPages: NONE,
  softLimitPages: NONE,
  wmarks: { low: NONE, high: NONE },
  backgroundThreshPages: NONE,
  dirtyThreshPages: NONE,
  anonPages: NONE,
  cleanPages: NONE,
  dirtyPages: NONE,
  writebackPages: NONE,
  failcnt: NONE,
  stalledNs: NONE,
};

/** A moment of a trace that tells as little as one can: names of threads and that a disk is there; every part is absent. */
export const TRACED_FRAME: MachineFrame = {
  nowNs: 2e9,
  traced: {
    name: 'trace.txt',
    absent: Object.fromEntries(TRACED_PARTS.map((part) => [part, `Enable the events of ${part}.`])),
  },
  eventsDone: 10,
  cells: new Uint8Array(0),
  order: 'list',
  strips: [],
  listPages: [],
  found: [],
  flushers: [],
  lens: { cells: new Uint8Array(0), batches: [], trail: [] },
  memory: {
    pageBytes: 4096,
    totalPages: NONE,
    freePages: NONE,
    watermarks: { min: NONE, low: NONE, high: NONE },
    dirtyPages: NONE,
    writebackPages: NONE,
    dirtyablePages: NONE,
    backgroundThreshPages: NONE,
    dirtyThreshPages: NONE,
    anonPages: NONE,
    filePages: NONE,
    swapTotalPages: NONE,
    swapFreePages: NONE,
    priority: NONE,
  },
  stackSize: { threadSizeBytes: NONE, limitBytes: NONE },
  memcgs: [GROUP],
  tasks: [task(0, 'kswapd0', 'kswapd'), task(1, 'dd', 'task')],
  disk: {
    name: '8:0',
    model: '',
    nonrot: false,
    totalSectors: NONE,
    headSector: NONE,
    busy: false,
    inDrive: [],
    cachedSectors: NONE,
    queueSector: Float64Array.of(500_000),
    queueSectors: Int32Array.of(8),
    queueWrite: Uint8Array.of(1),
    queueNs: Float64Array.of(1e9),
    queueTask: Int16Array.of(1),
    lent: { sync: NONE, async: NONE },
    congested: { sync: false, async: false },
    files: [],
  },
  moreDisks: [],
  lockCycle: [],
  metrics: Float64Array.from(METRICS, () => NONE),
};
