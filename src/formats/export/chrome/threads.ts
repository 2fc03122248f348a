import { RECLAIM_WB_FILE, THROTTLE_REASONS } from '../../../abi/trace-flags.ts';
import { pagesText, type TracepointKey } from '../../../abi/tracepoints.ts';
import type { Ns } from '../../../abi/units.ts';
import type { ScriptEvent } from '../../../abi/vmscan-script.ts';
import { type Fact, micros, trackOf } from './fact.ts';

/** Stretches of a thread's time: what begins one and what ends it, and what either says of it by its first numbers. */
interface Slice {
  readonly name: string;
  readonly begin: TracepointKey;
  readonly end: TracepointKey;
  readonly says: readonly string[];
  readonly endSays: readonly string[];
}
const slice = (
  name: string,
  begin: TracepointKey,
  end: TracepointKey,
  says: readonly string[],
  endSays: readonly string[],
): Slice => ({ name, begin, end, says, endSays });

const FREED = ['nr_reclaimed'];
const SLICES: readonly Slice[] = [
  slice('direct reclaim', 'directReclaimBegin', 'directReclaimEnd', ['order'], FREED),
  slice('memcg reclaim', 'memcgReclaimBegin', 'memcgReclaimEnd', [], FREED),
  slice('soft limit reclaim', 'memcgSoftlimitReclaimBegin', 'memcgSoftlimitReclaimEnd', [], FREED),
  slice('kswapd awake', 'kswapdWake', 'kswapdSleep', ['nid', 'order'], []),
  slice('flusher work', 'writebackExec', 'writebackPagesWritten', ['disk', 'nr_pages'], ['written']),
  slice('balance_dirty_pages', 'balanceDirtyBegin', 'balanceDirtyEnd', ['nr_dirty', 'nr_writeback'], []),
];
const BEGUN_BY = new Map(SLICES.map((one) => [one.begin, one]));
const ENDED_BY = new Map(SLICES.map((one) => [one.end, one]));

/** What takes no time. */
const INSTANTS: Partial<Record<TracepointKey, (args: readonly number[]) => Fact>> = {
  writepage: ([, pfn, flags = 0]) => ({
    name: (flags & RECLAIM_WB_FILE) !== 0 ? 'writepage file' : 'writepage anon',
    args: { pfn },
  }),
  rangeWrite: ([inode, first_index, last_index]) => ({ name: 'range write', args: { inode, first_index, last_index } }),
  oomKill: ([victim]) => ({ name: 'oom_kill', args: { victim } }),
};

interface Open {
  readonly pid: number;
  readonly sinceNs: Ns;
  readonly slice: Slice;
  readonly args: readonly number[];
}

/** What threads do, as complete slices: one is written when it ends, so that none is ever half there. */
export class ThreadTracks {
  private readonly open = new Map<string, Open>();

  take(event: ScriptEvent): readonly Fact[] {
    const { key, pid, timeNs, args } = event;
    const instant = INSTANTS[key]?.(args);
    if (instant) return [{ ph: 'i', s: 't', ts: micros(timeNs), tid: trackOf(pid), ...instant }];
    if (key === 'throttled') return [throttled(event)];
    const begun = BEGUN_BY.get(key);
    if (begun) this.begin(begun, event);
    const ended = ENDED_BY.get(key);
    return ended ? this.end(ended, event) : [];
  }

  /** What goes on when the trace ends. */
  finish(atNs: Ns): readonly Fact[] {
    return [...this.open.values()].map((one) => complete(one, atNs, { unfinished: true }));
  }

  /** kswapd says at every run that it is awake: the first of them begins the stretch. */
  private begin(what: Slice, { pid, timeNs, args }: ScriptEvent): void {
    const place = `${pid} ${what.name}`;
    if (!this.open.has(place)) this.open.set(place, { pid, sinceNs: timeNs, slice: what, args });
  }

  private end({ name, endSays }: Slice, { pid, timeNs, args }: ScriptEvent): readonly Fact[] {
    const place = `${pid} ${name}`;
    const was = this.open.get(place);
    this.open.delete(place);
    return was && timeNs > was.sinceNs ? [complete(was, timeNs, said(endSays, args))] : [];
  }
}

function complete({ pid, sinceNs, slice: { name, says }, args }: Open, toNs: Ns, more: Fact): Fact {
  return {
    name,
    ph: 'X',
    ts: micros(sinceNs),
    dur: micros(toNs - sinceNs),
    tid: trackOf(pid),
    args: { ...said(says, args), ...more },
  };
}

/** It is told when it is over, with the time that it took. */
function throttled({ pid, timeNs, args }: ScriptEvent): Fact {
  const [, , delayedUs = 0, reason = 0] = args;
  return {
    name: 'reclaim_throttle',
    ph: 'X',
    ts: micros(timeNs) - delayedUs,
    dur: delayedUs,
    tid: trackOf(pid),
    args: { reason: THROTTLE_REASONS[reason] },
  };
}

/** LONG_MAX is no number of JSON. */
const said = (names: readonly string[], args: readonly number[]): Fact =>
  Object.fromEntries(
    names.map((name, at) => [name, Number.isFinite(args[at]) ? args[at] : pagesText(args[at] ?? Number.NaN)]),
  );
