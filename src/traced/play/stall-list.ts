import { ACTOR } from '../../abi/actor.ts';
import type { Stall, StallLink, StallList, StallReason } from '../../abi/stall.ts';
import { MS, type Ns } from '../../abi/units.ts';
import type { TraceIndex } from './index-of.ts';
import { KIND } from './kinds.ts';
import type { Span } from './spans.ts';

/** As of simulated machines: shorter ones nobody sees, and so many are kept. */
const LEAST_NS: Ns = MS;
const STALLS_MOST = 1000;
/** STALL_KINDS are the first of the causes, in the same order. */
const ACTORS_OF_CAUSE = [ACTOR.DIRECT, ACTOR.MEMCG, ACTOR.TASK];

/** The stalls that begin and end events show up to a time, each with the sleeps that its task told of meanwhile. */
export function stallListOf(index: TraceIndex, untilNs: Ns): StallList {
  const { startNs, endNs } = index.deeds.stalls;
  const long: number[] = [];
  let totalNs = 0;
  for (let at = 0; at < endNs.length && endNs[at]! <= untilNs; at++) {
    const ns = endNs[at]! - startNs[at]!;
    if (ns < LEAST_NS) continue;
    long.push(at);
    totalNs += ns;
  }
  const longest = long.toSorted((a, b) => endNs[b]! - startNs[b]! - (endNs[a]! - startNs[a]!)).slice(0, STALLS_MOST);
  return { stalls: longest.map((at) => stallAt(index, at)), count: long.length, totalNs };
}

function stallAt(index: TraceIndex, at: number): Stall {
  const { deeds, cast } = index;
  const { stalls } = deeds;
  const { id, letter, name } = cast.actors[stalls.actor[at]!]!;
  const cause = stalls.kind[at]!;
  const fromNs = stalls.startNs[at]!;
  const toNs = stalls.endNs[at]!;
  const done = doneIn(index, id, fromNs, toNs);
  const links = linksOf(deeds.of[id]!.waits.between(fromNs, toNs), deeds.waitWords, fromNs, toNs);
  return {
    task: { thread: id, letter, name, actor: ACTORS_OF_CAUSE[cause]! },
    cause,
    fromNs,
    toNs,
    reason: links.reduce((most, link) => (link.ns > most.ns ? link : most)).what,
    links: links.map((link, nth) => (done && nth === links.length - 1 ? { ...link, because: [done] } : link)),
  };
}

/** What the task got done meanwhile, as its events count it. */
function doneIn({ rows, cast }: TraceIndex, actor: number, fromNs: Ns, toNs: Ns): StallReason | undefined {
  let scanned = 0;
  let freed = 0;
  let written = 0;
  for (let row = rows.doneBy(fromNs - 1); row < rows.count && rows.atNs[row]! <= toNs; row++) {
    if (cast.actorOf[cast.person[rows.table.task[row]!]!] !== actor) continue;
    const kind = rows.kind(row);
    if (kind === KIND.shrinkInactive) {
      scanned += rows.number(row, 0);
      freed += rows.number(row, 1);
    } else if (kind === KIND.writePage) written++;
  }
  if (scanned + written === 0) return undefined;
  const says = [`${scanned} pages scanned`, `${freed} freed`, ...(written > 0 ? [`${written} written`] : [])].join(
    ', ',
  );
  return { atNs: toNs, says };
}

/** Between the sleeps it ran, or waited for what no event of reclaim tells. */
function linksOf(sleeps: readonly Span[], words: readonly string[], fromNs: Ns, toNs: Ns): readonly StallLink[] {
  const links: StallLink[] = [];
  let nowNs = fromNs;
  const workTo = (ns: Ns) => {
    if (ns > nowNs)
      links.push({
        atNs: nowNs,
        ns: ns - nowNs,
        what: 'running',
        says: 'or asleep on what no event tells',
        because: [],
      });
  };
  for (const sleep of sleeps) {
    const start = Math.max(nowNs, sleep.fromNs);
    if (sleep.toNs <= start) continue;
    workTo(start);
    const [what = '', why = ''] = words[sleep.what]!.split(': ');
    links.push({ atNs: start, ns: sleep.toNs - start, what, says: why, because: [] });
    nowNs = sleep.toNs;
  }
  workTo(toNs);
  return links;
}
