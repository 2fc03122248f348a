import {
  type DiskFrame,
  LENS_PAGES,
  type Lens,
  type LockWaitFrame,
  type MachineFrame,
  type MemcgFrame,
  type MemoryFrame,
  type TaskFrame,
} from '../abi/frame.ts';
import type { Look } from '../abi/look.ts';
import { deviceNumber } from '../abi/tracepoints.ts';
import { cellOf, cellsIn, lensPfns, stripsIn } from './frame-cells.ts';
import { filesOf } from './frame-files.ts';
import { flushersOf } from './frame-flushers.ts';
import { foundIn } from './frame-found.ts';
import { mapOf, memcgLists } from './frame-map.ts';
import { highStackOf, liveStackOf, spliceOf } from './kernel-stack-frame.ts';
import type { BlockState } from './machine/block-state.ts';
import { WRITE } from './machine/elevator.ts';
import type { Kernel } from './machine/kernel.ts';
import { inLine } from './machine/line.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE, NR_LISTS } from './machine/lru.ts';
import type { Memcg } from './machine/memcg.ts';
import { NONE } from './machine/page-table.ts';
import { NOT_RECLAIMING, type Task } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';
import { lockCycle, lockHolder } from './machine/wait-chain.ts';
import { ASYNC, SYNC, WAIT_NAMES } from './machine/waits.ts';
import { metricsOf } from './metrics.ts';
import { DEAD, SLEEPING } from './sim/kthread.ts';
import { dirtyableMemory } from './writeback/dirtyable.ts';
import { dirtyLimits } from './writeback/limits.ts';
import { memcgDirtyLimits } from './writeback/memcg-dirty.ts';
import { domainLimits } from './writeback/memcg-domain.ts';

/** One moment of the machine as the views draw it, read off its state and nothing else. */
export function frameOf(k: Kernel, look: Look, whole = true): MachineFrame {
  const lens = lensOf(k);
  return {
    nowNs: k.nowNs,
    eventsDone: k.m.sim.eventsDone,
    ...(k.sched.midway >= 0 && { midway: k.sched.stepsMidway }),
    ...(whole ? walkedPart(k, look, lens) : unwalkedPart(look)),
    lens,
    memory: memoryOf(k),
    stackSize: { threadSizeBytes: k.m.config.threadSizeBytes, limitBytes: k.stackLimitBytes },
    tasks: k.m.sim.threads.map((t) => taskOf(k, t as Task)),
    disk: diskOf(k, k.blocks[0]!),
    moreDisks: k.blocks.slice(1).map((block) => diskOf(k, block)),
    lockCycle: k.sched.stopped === undefined ? [] : lockCycle(k).map((t) => lockWaitOf(k, t)),
    metrics: metricsOf(k),
  };
}

type WalkedPart = Pick<
  MachineFrame,
  'cells' | 'order' | 'strips' | 'listPages' | 'found' | 'memcgs' | 'map' | 'flushers'
>;

/** What costs a walk over all pages. */
function walkedPart(k: Kernel, look: Look, lens: Lens): WalkedPart {
  const { order, parts } = look;
  const cells = order === 'list' ? listCells(k) : cellsIn(k, order);
  return {
    cells,
    order,
    strips: stripsIn(k, order),
    listPages: Array.from(k.m.zone.lru.lengths),
    found: foundIn(k, look, lens),
    memcgs: k.m.memcgs.slice(1).map((memcg) => memcgOf(k, memcg, parts.includes('groups'))),
    ...(parts.includes('map') ? { map: mapOf(k, order === 'pfn' ? cells : undefined) } : {}),
    ...(parts.includes('flushers') ? { flushers: flushersOf(k) } : {}),
  };
}

/** A buffer of its own each time: it is handed over, and can be handed over only once. */
const unwalkedPart = ({ order }: Look): WalkedPart & Pick<MachineFrame, 'isPartial'> => ({
  isPartial: true,
  cells: new Uint8Array(0),
  order,
  strips: [],
  listPages: [],
  found: [],
  memcgs: [],
});

/** The lists one after the other, each newest first. */
function listCells(k: Kernel): Uint8Array {
  const { zone } = k.m;
  const cells = new Uint8Array(zone.lru.lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (let list = 0; list < NR_LISTS; list++) {
    for (let pfn = zone.lru.heads[list]!; pfn !== NONE; pfn = k.lru.older(zone.lru, pfn)) cells[at++] = cellOf(k, pfn);
  }
  return cells;
}

/** The tail end of inactive file: what is still on the list, then the batches that reclaimers hold. */
function lensOf(k: Kernel): Lens {
  const { onList, held } = lensPfns(k, LENS_PAGES);
  const pfns = [...onList, ...held.flatMap((batch) => batch.pfns)];
  return {
    cells: Uint8Array.from(pfns.slice(-LENS_PAGES), (pfn) => cellOf(k, pfn)),
    batches: held.map(({ t, pfns: { length } }) => ({ by: t.name, letter: t.letter, pages: length })),
    trail: k.trace.batches.latest().map(({ thread, endNs, taken, freed, dirty, writeback }) => ({
      by: k.task(thread).name,
      letter: k.task(thread).letter,
      endNs,
      takenPages: taken,
      freedPages: freed,
      dirtyPages: dirty,
      writebackPages: writeback,
    })),
  };
}

function memoryOf(k: Kernel): MemoryFrame {
  const { zone, swap, config } = k.m;
  const { lengths } = zone.lru;
  const limits = dirtyLimits(k);
  const reclaimers = k.m.sim.threads.filter(
    (t) => (t as Task).isolated.length > 0 || (t as Task).reclaiming !== NOT_RECLAIMING,
  );
  return {
    pageBytes: config.pageBytes,
    totalPages: config.totalPages,
    freePages: k.buddy.freePages,
    watermarks: { min: zone.min, low: zone.low, high: zone.high },
    dirtyPages: k.vm[VM.nr_file_dirty]!,
    writebackPages: k.vm[VM.nr_writeback]!,
    dirtyablePages: dirtyableMemory(k),
    backgroundThreshPages: limits.background,
    dirtyThreshPages: limits.dirty,
    anonPages: lengths[INACTIVE_ANON]! + lengths[ACTIVE_ANON]!,
    filePages: lengths[INACTIVE_FILE]! + lengths[ACTIVE_FILE]!,
    swapTotalPages: Math.max(0, swap.slots - 1),
    swapFreePages: swap.freeSlots,
    priority: reclaimers.reduce((least, t) => Math.min(least, (t as Task).sc.priority), 13),
  };
}

function memcgOf(k: Kernel, memcg: Memcg, withLists: boolean): MemcgFrame {
  let clean = 0;
  let dirty = 0;
  let writeback = 0;
  for (let list = INACTIVE_FILE; list <= ACTIVE_FILE; list++) {
    for (let pfn = memcg.lru.heads[list]!; pfn !== NONE; pfn = k.lru.older(memcg.lru, pfn)) {
      if (k.pages.isUnderWriteback(pfn)) writeback++;
      else if (k.pages.isDirty(pfn)) dirty++;
      else clean++;
    }
  }
  const { lengths } = memcg.lru;
  return {
    name: memcg.name,
    parent: memcg.parent === 0 ? '' : k.m.memcgs[memcg.parent]!.name,
    usagePages: memcg.usagePages,
    limitPages: memcg.limitPages,
    softLimitPages: memcg.softLimitPages,
    wmarks: wmarksOf(k, memcg),
    ...dirtyThresholdsOf(k, memcg),
    anonPages: lengths[INACTIVE_ANON]! + lengths[ACTIVE_ANON]!,
    cleanPages: clean,
    dirtyPages: dirty,
    writebackPages: writeback,
    failcnt: memcg.failcnt,
    stalledNs: memcg.stalledNs,
    ...(withLists ? { lists: memcgLists(k, memcg) } : {}),
  };
}

function wmarksOf(k: Kernel, { limitPages }: Memcg): MemcgFrame['wmarks'] {
  const { memcgLowWmarkDistance: low, memcgHighWmarkDistance: high } = k.sysctl;
  const isOn = k.policy.memcgCleaner.hasKswapd && low > 0;
  return isOn ? { low: limitPages - low, high: limitPages - high } : { low: Infinity, high: Infinity };
}

/** Those of the dirty limit patches, or of cgroup writeback. */
function dirtyThresholdsOf(k: Kernel, { id }: Memcg): Pick<MemcgFrame, 'backgroundThreshPages' | 'dirtyThreshPages'> {
  const { limitsDirtyPages, hasDomain } = k.policy.memcgCleaner;
  if (!limitsDirtyPages && !hasDomain) return { backgroundThreshPages: Infinity, dirtyThreshPages: Infinity };
  const { background, dirty } = limitsDirtyPages ? memcgDirtyLimits(k, id) : domainLimits(k, id);
  return { backgroundThreshPages: background, dirtyThreshPages: dirty };
}

const KINDS = ['task', 'kswapd', 'flusher'] as const;
const RECLAIMS = ['none', 'kswapd', 'direct', 'memcg', 'none'] as const;

function taskOf(k: Kernel, t: Task): TaskFrame {
  const stack = liveStackOf(k, t);
  const stackHigh = highStackOf(k, t);
  return {
    id: t.id,
    name: t.name,
    letter: t.letter,
    kind: KINDS[t.kind]!,
    state: t.state === DEAD ? 'dead' : t.state === SLEEPING ? 'asleep' : 'running',
    reclaim: t.reclaiming === NOT_RECLAIMING ? 'none' : RECLAIMS[t.reclaiming]!,
    stack,
    stackBytes: stack.reduce((sum, { bytes }) => sum + bytes, 0),
    stackHighBytes: t.stackHighBytes,
    stackHigh,
    spliceAt: spliceOf(stackHigh),
    waitsFor: t.state === SLEEPING ? (WAIT_NAMES[t.waitKind] ?? 'its turn on the CPU') : '',
  };
}

function lockWaitOf(k: Kernel, t: Task): LockWaitFrame {
  const { space, index } = k.pages.columns;
  const pfn = t.waitId;
  const names = t.fns.map((fn) => k.sched.table[fn]!.name);
  return {
    task: t.id,
    fn: names.at(-1)!,
    caller: names.at(-2) ?? '',
    file: k.space(space[pfn]!).name,
    index: index[pfn]!,
    heldBy: lockHolder(k, t)!.id,
  };
}

function diskOf(k: Kernel, block: BlockState): DiskFrame {
  const { label, nonrot } = k.devices[block.id]!;
  const { sector, sectors, direction, queuedNs, issuedNs, task } = block.requests;
  const { congested } = k.m.bdis[block.id]!;
  const queued = inLine(block.arrival).sort((left, right) => sector[left]! - sector[right]!);
  return {
    name: deviceNumber(block.id, ':'),
    model: label,
    nonrot,
    totalSectors: k.m.config.diskSectors,
    headSector: block.disk.headSector,
    busy: block.inFlight.length > 0,
    inDrive: block.inFlight.map((id) => ({
      sector: sector[id]!,
      sectors: sectors[id]!,
      isWrite: direction[id] === WRITE,
      queuedNs: queuedNs[id]!,
      startNs: issuedNs[id]!,
      task: task[id]!,
    })),
    cachedSectors: block.disk.cachedSectors,
    queueSector: Float64Array.from(queued, (id) => sector[id]!),
    queueSectors: Int32Array.from(queued, (id) => sectors[id]!),
    queueWrite: Uint8Array.from(queued, (id) => direction[id]!),
    queueNs: Float64Array.from(queued, (id) => queuedNs[id]!),
    queueTask: Int16Array.from(queued, (id) => task[id]!),
    lent: { sync: block.count[SYNC], async: block.count[ASYNC] },
    congested: { sync: congested[SYNC], async: congested[ASYNC] },
    files: filesOf(k, block),
  };
}
