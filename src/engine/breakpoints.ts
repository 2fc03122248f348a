import type { BreakKind, Breakpoint, Hit } from '../abi/breakpoint.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import type { Bytes } from '../abi/units.ts';
import type { Kernel } from './machine/kernel.ts';
import { VM } from './machine/vmstat.ts';
import { zoneWatermarkOk } from './machine/zone.ts';
import type { Thread } from './sim/kthread.ts';

type Found = Pick<Hit, 'who' | 'value' | 'bound'>;

/**
 * One condition, asked after each event. It knows how things stood before the first one: what holds already has to cease and
 * begin again, or "run until" would never move.
 */
type Condition = (k: Kernel) => Found | undefined;

/** Conditions on a machine from where it stands now. They are no part of it: a seek or a slice begins them anew. */
export class Breakpoints {
  private readonly conditions: readonly { readonly kind: BreakKind; readonly holdsAnew: Condition }[];

  constructor(k: Kernel, breakpoints: readonly Breakpoint[]) {
    this.conditions = breakpoints.map(({ kind, bytes }) => ({ kind, holdsAnew: BEGIN[kind](k, bytes) }));
  }

  /** The first of the conditions that the event just done has brought about; all of them are asked. */
  hitBy(k: Kernel): Hit | undefined {
    let hit: Hit | undefined;
    for (const { kind, holdsAnew } of this.conditions) {
      const found = holdsAnew(k);
      if (found !== undefined) hit ??= { kind, atNs: k.nowNs, ...found };
    }
    return hit;
  }
}

const BEGIN: Readonly<Record<BreakKind, (k: Kernel, bytes: Bytes) => Condition>> = {
  // mm/vmscan.c:pageout (R4.1), by a task that reclaims for its own allocation; at a group's limit is not meant.
  'direct-writepage': (k) =>
    grows(k, directWrites, (now) => ({ who: now.sched.running?.name ?? '', value: 0, bound: 0 })),
  stack: deepens,
  // mm/page_alloc.c:get_page_from_freelist, ALLOC_WMARK_MIN (R1.6): who has no reserve gets no page and reclaims for itself.
  'free-below-min': (k) => {
    const holds = ({ zone }: Kernel) => !zoneWatermarkOk(zone.buddy, 0, zone.min);
    let held = holds(k);
    return (now) => {
      const before = held;
      held = holds(now);
      const { buddy, min } = now.zone;
      return held && !before ? { who: '', value: buddy.freePages, bound: min } : undefined;
    };
  },
  // mm/oom_kill.c:out_of_memory (R1.12), in a group (R6.7) or in the whole machine.
  oom: (k) =>
    grows(
      k,
      ({ vm }) => vm[VM.oom_kills]!,
      (now) => ({ who: victimOf(now), value: 0, bound: 0 }),
    ),
  'memcg-limit': refuses,
};

const directWrites = ({ vm }: Kernel): number =>
  vm[VM.direct_write_file]! +
  vm[VM.direct_write_anon]! +
  vm[VM.direct_write_file_sync]! +
  vm[VM.direct_write_anon_sync]!;

function grows(k: Kernel, count: (k: Kernel) => number, found: (k: Kernel) => Found): Condition {
  let before = count(k);
  return (now) => {
    const more = count(now) > before;
    before = count(now);
    return more ? found(now) : undefined;
  };
}

/**
 * A stack gets deeper than `bytes`: it is so when an event ends, or its high-water mark says that it was within the event. Only
 * the thread that ran can have changed.
 */
function deepens(k: Kernel, bytes: Bytes): Condition {
  const depthOf = (now: Kernel, t: Thread): Bytes => now.sched.stackBytes(t);
  const live = k.sim.threads.map((t) => depthOf(k, t));
  const high = k.sim.threads.map(({ stackHighBytes }) => stackHighBytes);
  return (now) => {
    const t = now.sched.running;
    if (t === undefined) return undefined;
    const depth = depthOf(now, t);
    const isLive = depth > bytes && !((live[t.id] ?? 0) > bytes);
    const isHigh = t.stackHighBytes > bytes && !((high[t.id] ?? 0) > bytes);
    live[t.id] = depth;
    high[t.id] = t.stackHighBytes;
    if (isHigh) return { who: t.name, value: t.stackHighBytes, bound: bytes };
    return isLive ? { who: t.name, value: depth, bound: bytes } : undefined;
  };
}

/** kernel/res_counter.c:res_counter_charge_locked (R6.4): a charge that does not fit below the limit of a group, memory.failcnt. */
function refuses(k: Kernel): Condition {
  const before = k.m.memcgs.map(({ failcnt }) => failcnt);
  return (now) => {
    const refused = now.m.memcgs.find(({ id, failcnt }) => failcnt > (before[id] ?? 0));
    for (const { id, failcnt } of now.m.memcgs) before[id] = failcnt;
    return refused && { who: refused.name, value: refused.limitPages, bound: 0 };
  };
}

/** Of the kill just done: it may have ended already. */
function victimOf({ trace, sim }: Kernel): string {
  for (let n = trace.emitted - 1; ; n--) {
    const row = trace.rowOf(n);
    if (row === undefined) return '';
    if (trace.id[row] === TRACE_ID.oomKill) return sim.threads[trace.argsOf(row)[0]!]?.name ?? '';
  }
}
