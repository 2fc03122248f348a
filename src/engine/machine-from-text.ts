import { ACTOR } from '../abi/actor.ts';
import { assert } from '../abi/errors.ts';
import type { KnobValue } from '../abi/knob.ts';
import { TRACE_ID, type TracepointKey } from '../abi/tracepoints.ts';
import type { Ns, Pages, Pfn } from '../abi/units.ts';
import { onDiskEvent } from './block/disk-events.ts';
import { besideOf } from './boot.ts';
import { createChecker, sweep } from './checks.ts';
import { KERNELS } from './kernels/registry.ts';
import { configOf, ENGINE_KNOBS, sysctlOf } from './knobs.ts';
import type { MachineConfig, Sysctl } from './machine/config.ts';
import type { DeviceDriver } from './machine/disk.ts';
import { GFP_KERNEL } from './machine/gfp.ts';
import type { Instruments } from './machine/instruments.ts';
import { Kernel } from './machine/kernel.ts';
import { KERNEL_FUNCTIONS, kernelFunction } from './machine/kernel-function.ts';
import { ACTIVE_ANON, ACTIVE_FILE } from './machine/lru.ts';
import { createMachine, type Machine } from './machine/machine.ts';
import { tryCharge } from './machine/memcg.ts';
import { addToPageCache } from './machine/page-cache.ts';
import { setPageDirty, setPageWriteback } from './machine/page-state.ts';
import { LOCKED_BY_IO, NO_SPACE, NONE } from './machine/page-table.ts';
import { directMayWritepage } from './machine/policy/writes.ts';
import type { Answers } from './machine/policy.ts';
import type { Sockets } from './machine/sockets.ts';
import { pageAt, SPACE_ANON, SPACE_FILE, type Space, type SpaceSpec, swapEntry } from './machine/space.ts';
import { allocSwapSlot } from './machine/swap-map.ts';
import { createTask, KSWAPD, PF_KSWAPD, PF_MEMALLOC, PF_SWAPWRITE, TASK, type Task } from './machine/task.ts';
import { type CounterName, VM } from './machine/vmstat.ts';
import { ANON_SPACE, type Drawing, type DrawnPage, LISTS, type ListName, parseDrawing } from './machine-drawing.ts';
import { policyOf } from './policies/registry.ts';
import { createKswapdFrame, kswapdMain } from './reclaim/kswapd.ts';
import { andThen, DEAD, enter, type Frame, link, ret, steps } from './sim/kthread.ts';
import { Scheduler } from './sim/scheduler.ts';
import { WORKLOADS } from './workloads/registry.ts';
import { initWriteback } from './writeback/init.ts';

// A machine out of a drawing (machine-drawing.ts), for tests (style.md 4.8). All rooms are the real ones; the disk is a stub
// that takes `serviceNs` per request.

const FILE_SECTORS = 1e6;

export type As = 'task' | 'direct' | 'memcg' | 'kswapd';
/** A kernel function called by a test. */
export type Call = (k: Kernel, t: Task) => number;

export interface DrawingOptions {
  /** A kernel's id, or single policy answers. */
  readonly kernel?: string;
  readonly answers?: Partial<Answers>;
  /** A filesystem's id; ext2 otherwise. */
  readonly filesystem?: string;
  readonly config?: Partial<MachineConfig>;
  readonly sysctl?: Partial<Sysctl>;
  /** Stubs that stand for rooms. */
  readonly call?: Partial<Sockets>;
  readonly serviceNs?: Ns;
  /** A drive instead of the stub that takes serviceNs. */
  readonly device?: DeviceDriver;
  readonly instruments?: Instruments;
}

export function machineFromText(text: string, options: DrawingOptions = {}): Drawn {
  return new Drawn(parseDrawing(text), options);
}

const knobsOf = ({ filesystem = 'ext2' }: DrawingOptions) => ({ 'machine.filesystem': filesystem });

/** Every knob at its initial value, but nothing that writes by itself. */
function machineOf(drawing: Drawing, options: DrawingOptions): Machine {
  const initial = ENGINE_KNOBS.map((knob): [string, KnobValue] => [knob.path, knob.initial]);
  const knobs = { ...Object.fromEntries(initial), ...knobsOf(options) };
  const quiet = { dirtyRatio: 100, dirtyBackgroundRatio: 99, dirtyWritebackIntervalNs: 0, scheduler: 'noop' };
  const { numbers, files, newFiles, memcgs, pages } = drawing;
  const anonPages = pages.filter(({ file }) => file === ANON_SPACE).length + 64;
  const specs: SpaceSpec[] = Object.entries(files).map(([name, sizePages], at) => ({
    kind: SPACE_FILE,
    name,
    sizePages,
    extents: [{ firstIndex: 0, pages: sizePages, sector: at * FILE_SECTORS }],
    hasContent: !newFiles.includes(name),
  }));
  specs.push({ kind: SPACE_ANON, name: ANON_SPACE, sizePages: anonPages, extents: [], hasContent: false });
  const config = {
    totalPages: pages.length + numbers.free!,
    reservedPages: 0,
    swapPages: numbers.swap!,
    disks: 1,
    diskSectors: 1e9,
    swapDisk: 0,
  };
  const m = createMachine({
    config: { ...configOf(knobs, memcgs), ...config, ...options.config },
    sysctl: { ...sysctlOf(knobs), ...quiet, ...options.sysctl },
    answers: { ...KERNELS.find(({ id }) => id === (options.kernel ?? 'v2.6.35-rc2'))!.answers, ...options.answers },
    workload: {},
    spaces: specs,
  });
  const { min = 0, low = min, high = low, present = m.zone.presentPages } = numbers;
  Object.assign(m.zone, { min, low, high, presentPages: present });
  return m;
}

/** What a drawing became, and how to look at it. */
export class Drawn {
  readonly k: Kernel;
  /** Calls from room to room that concern writing, in order: `writepage a`, `writepages A 3-9`, `flusher 64`, `bio W 8: a b`. */
  readonly log: string[] = [];
  /** Time the disk takes per request. */
  serviceNs: Ns;
  private readonly names = new Map<string, { readonly space: Space; readonly index: Pages }>();
  private readonly nameAt = new Map<string, string>();
  private readonly check: (k: Kernel) => void;

  constructor(drawing: Drawing, options: DrawingOptions) {
    const m = machineOf(drawing, options);
    const plan = {
      machine: 'A' as const,
      kernel: KERNELS[0]!,
      workload: WORKLOADS[0]!,
      knobs: knobsOf(options),
      inputs: [],
    };
    const beside = besideOf(plan, undefined, options.instruments);
    const call = { ...beside.call, ...this.logged(beside.call), ...options.call };
    this.serviceNs = options.serviceNs ?? 1e6;
    const stub = { ...beside.devices[0]!, serve: () => this.serviceNs };
    const devices = m.blocks.map(() => options.device ?? stub);
    const sched = new Scheduler<Kernel>(m.sim, link(KERNEL_FUNCTIONS), onDiskEvent);
    this.k = new Kernel(m, sched, { ...beside, call, devices, policy: policyOf(m.answers) });
    initWriteback(this.k);
    m.sim.threads.push(createTask(0, TASK, 'painter', 'P'));
    this.check = createChecker(drawing.pages.length < 2000 ? 1 : 64).check;
    for (const page of drawing.pages.toReversed()) this.place(page);
    sweep(this.k);
  }

  private logged(call: Sockets): Partial<Sockets> {
    const { log } = this;
    const noted = <A extends unknown[], R>(real: (k: Kernel, ...rest: A) => R, say: (...rest: A) => string) => {
      return (k: Kernel, ...rest: A): R => {
        log.push(say(...rest));
        return real(k, ...rest);
      };
    };
    const names = (pfns: readonly Pfn[]) => pfns.map((pfn) => this.nameOf(pfn)).join(' ');
    return {
      writepage: noted(call.writepage, (_t, pfn) => `writepage ${names([pfn])}`),
      swapWritepage: noted(call.swapWritepage, (_t, pfn) => `swap_writepage ${names([pfn])}`),
      doWritepages: noted(
        call.doWritepages,
        ({ wbc }, space) => `writepages ${space.name} ${wbc.rangeStart}-${wbc.rangeEnd}`,
      ),
      wakeupFlusherThreads: noted(call.wakeupFlusherThreads, (pages) => `flusher ${pages}`),
      submitBio: noted(call.submitBio, (_t, bio) => `bio ${bio.write ? 'W' : 'R'} ${bio.sector}: ${names(bio.pfns)}`),
    };
  }

  private place({ name, list, file, index, marks }: DrawnPage): void {
    const { k } = this;
    const { pages } = k;
    const space = k.m.spaces.find((one) => one.name === file)!;
    const pfn = k.buddy.alloc(0);
    assert(pfn !== NONE && !this.names.has(name), () => `no place for the page ${name}`);
    pages.reset(pfn);
    this.names.set(name, { space, index });
    this.nameAt.set(`${file}:${index}`, name);
    pages.setUptodate(pfn);
    pages.columns.version[pfn] = 1;
    if (space.kind === SPACE_ANON) this.placeAnon(pfn, space, index, marks);
    else {
      addToPageCache(k, pfn, space, index);
      if (/['^]/.test(marks)) pages.map(pfn, false);
    }
    if (!marks.includes('^')) pages.takeYoung(pfn);
    const memcg = /&(\d?)/.exec(marks);
    if (memcg !== null) this.charge(pfn, Number(memcg[1] || 1));
    if (list === ACTIVE_ANON || list === ACTIVE_FILE) pages.setActive(pfn);
    k.lru.add(pfn);
    if (marks.includes('*')) pages.setReferenced(pfn);
    if (marks.includes('!')) {
      pages.columns.version[pfn]!++;
      setPageDirty(k, k.task(0), pfn);
    }
    if (marks.includes('~')) setPageWriteback(k, pfn);
    if (marks.includes('%')) pages.setReclaim(pfn);
    if (marks.includes('@')) pages.setLocked(pfn, LOCKED_BY_IO);
  }

  private placeAnon(pfn: Pfn, space: Space, index: Pages, marks: string): void {
    const { k } = this;
    const { columns } = k.pages;
    k.pages.setAnon(pfn);
    columns.space[pfn] = space.id;
    columns.index[pfn] = index;
    const cached = marks.includes('$');
    if (cached) {
      const slot = allocSwapSlot(k.m.swap);
      k.m.swap.cacheOf[slot] = pfn;
      k.m.swap.diskVersion[slot] = 1;
      columns.swapSlot[pfn] = slot;
      k.pages.setSwapCache(pfn);
      k.vm[VM.nr_file_pages]!++;
      if (!/['^]/.test(marks)) {
        k.m.swap.users[slot] = 1;
        space.pageOf[index] = swapEntry(slot);
        return;
      }
    }
    space.pageOf[index] = pfn;
    space.nrPages++;
    k.vm[VM.nr_anon_pages]!++;
    k.pages.map(pfn, !cached);
    if (!cached) k.pages.setPteStored(pfn);
  }

  private charge(pfn: Pfn, memcg: number): void {
    this.k.pages.columns.memcg[pfn] = memcg;
    this.k.m.memcgs[memcg]!.chargedPages++;
    assert(tryCharge(this.k, memcg, 1) === 0, () => 'the drawing is over a limit');
  }

  /** Frame of a drawn page, in the swap cache too; NONE when it is not in memory. */
  pfn(name: string): Pfn {
    const place = this.names.get(name);
    assert(place !== undefined, () => `no page ${name} in the drawing`);
    const entry = place.space.pageOf[place.index]!;
    return entry < NONE ? this.k.m.swap.cacheOf[-2 - entry]! : pageAt(place.space, place.index);
  }
  nameOf(pfn: Pfn): string {
    const { space, index } = this.k.pages.columns;
    if (space[pfn] === NO_SPACE) return `pfn${pfn}`;
    const place = `${this.k.space(space[pfn]!).name}:${index[pfn]}`;
    return this.nameAt.get(place) ?? place;
  }

  /** A page with its marks, as it would be drawn; `gone` when it is not in memory. */
  page(name: string): string {
    return this.pfn(name) === NONE ? `${name} gone` : name + this.marksOf(this.pfn(name));
  }
  private marksOf(pfn: Pfn): string {
    const { pages } = this.k;
    const anon = pages.isSwapBacked(pfn);
    const memcg = pages.columns.memcg[pfn]!;
    const isMapped = pages.isMapped(pfn) && !pages.isYoung(pfn) && (!anon || pages.isInSwapCache(pfn));
    const marks = [
      pages.isReferenced(pfn) && '*',
      pages.isDirty(pfn) && '!',
      pages.isUnderWriteback(pfn) && '~',
      pages.isReclaim(pfn) && '%',
      pages.isInSwapCache(pfn) && '$',
      isMapped && "'",
      pages.isYoung(pfn) && '^',
      pages.isLocked(pfn) && '@',
      memcg > 0 && (memcg > 1 ? `&${memcg}` : '&'),
    ];
    return marks.filter((mark) => mark !== false).join('');
  }

  /** A list, newest first, as it would be drawn; of the zone, or of a memcg. */
  list(name: ListName, memcg = 0): string {
    return this.pfnsOf(name, memcg)
      .map((pfn) => this.nameOf(pfn) + this.marksOf(pfn))
      .join(' ');
  }
  pfnsOf(name: ListName, memcg = 0): Pfn[] {
    const { lru, m } = this.k;
    const set = memcg === 0 ? m.zone.lru : m.memcgs[memcg]!.lru;
    const found: Pfn[] = [];
    for (let pfn = set.heads[LISTS.indexOf(name)]!; pfn !== NONE; pfn = lru.older(set, pfn)) found.push(pfn);
    return found;
  }

  get free(): Pages {
    return this.k.buddy.freePages;
  }
  get vm(): Readonly<Record<CounterName, number>> {
    return Object.fromEntries(Object.entries(VM).map(([name, row]) => [name, this.k.vm[row]!])) as never;
  }
  space(name: string): Space {
    return this.k.m.spaces.find((one) => one.name === name)!;
  }
  /** Arguments of the events of one kind, oldest first. */
  events(key: TracepointKey): number[][] {
    const { trace } = this.k;
    const rows = Array.from({ length: trace.emitted - trace.lost }, (_, at) => trace.rowOf(trace.lost + at)!);
    return rows.filter((row) => trace.id[row] === TRACE_ID[key]).map((row) => trace.argsOf(row));
  }
  /** What was logged of one kind: calls('writepage') → ['a', 'b']. */
  calls(kind: string): string[] {
    return this.log.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  }

  /** A new thread that calls one kernel function and ends; it starts at once, but time must pass for it to run. */
  start(as: As, call: Call, prepare: (t: Task) => void = () => {}): Started {
    const { k } = this;
    const id = k.m.sim.threads.length;
    const t = createTask(
      id,
      as === 'kswapd' ? KSWAPD : TASK,
      as === 'kswapd' ? 'kswapd0' : `${as}-${id}`,
      as[0]!.toUpperCase(),
    );
    if (as === 'kswapd') t.flags = PF_MEMALLOC | PF_SWAPWRITE | PF_KSWAPD;
    if (as === 'direct') t.flags = PF_MEMALLOC;
    if (as === 'memcg') t.memcg = 1;
    if (as === 'direct' || as === 'memcg') t.reclaiming = as === 'direct' ? ACTOR.DIRECT : ACTOR.MEMCG;
    const mayWritepage = (as !== 'direct' || directMayWritepage(k.policy)) && !k.m.sysctl.laptopMode;
    const nrToReclaim = as === 'kswapd' ? Infinity : 32;
    Object.assign(t.sc, { gfp: GFP_KERNEL, mayWritepage, nrToReclaim, memcg: as === 'memcg' ? 1 : 0 });
    t.mm = this.space(ANON_SPACE).id;
    prepare(t);
    const frame: CallFrame = { call, answer: undefined };
    enter(t, callFunction, frame);
    k.sched.start(t);
    return { t, answer: () => frame.answer };
  }

  /** As start(), and time passes until the call has answered. */
  run(as: As, call: Call, prepare?: (t: Task) => void): number {
    const { t, answer } = this.start(as, call, prepare);
    this.pass(1e15, () => t.state === DEAD || this.k.sched.stopped !== undefined);
    const value = answer();
    assert(value !== undefined, () => `${t.name} has not come back; ${this.k.sched.stopped ?? 'it sleeps for ever'}`);
    return value;
  }

  /** Time passes. */
  passNs(ns: Ns): void {
    const untilNs = this.k.nowNs + ns;
    this.pass(untilNs, () => this.k.sched.stopped !== undefined);
    if (this.k.sched.stopped === undefined) this.k.m.sim.nowNs = untilNs;
  }

  private pass(untilNs: Ns, isOver: () => boolean): void {
    const { k } = this;
    k.sched.horizonNs = untilNs;
    while (!isOver() && k.sched.runOne(k)) if (k.sched.stopped === undefined) this.check(k);
    sweep(k);
  }

  startKswapd(): Task {
    return this.start('kswapd', (_k, t) => enter(t, kswapdMain, createKswapdFrame())).t;
  }
}

export interface Started {
  readonly t: Task;
  /** What the call answered; undefined before. */
  readonly answer: () => number | undefined;
}

type CallFrame = Frame & { readonly call: Call; answer: number | undefined };
const at = steps('call', 'done');
const callFunction = kernelFunction<CallFrame, keyof typeof at>('test_call', 0, at, {
  call: (k, f, t) => andThen(t, f, at.done, f.call(k, t)),
  done: (_k, f, t) => {
    f.answer = t.ret;
    return ret(t, t.ret);
  },
});
