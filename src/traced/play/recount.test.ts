import { expect, test } from 'vitest';
import { METRIC_INDEX, type MetricName } from '../../abi/metrics.ts';
import type { Advance } from '../../abi/protocol.ts';
import type { Ns } from '../../abi/units.ts';
import { RUNS, traceAt } from '../recorded.test-double.ts';
import { TracedMachine } from './traced-machine.ts';

// Moments of recorded runs, against counts made the slow way from the texts of their events.

const PLAYED = RUNS.filter(({ name }) => /small|full (pages|memcg-v2)$/.test(name));

/** Times all over the run, the same each time. */
function momentsOf({ durationNs }: TracedMachine, count: number): readonly Ns[] {
  return Array.from({ length: count }, (_, nth) => Math.floor((((nth * 7919 + 13) % 1009) / 1009) * durationNs));
}
function advanceAt(machine: TracedMachine, ns: Ns): Advance {
  machine.seek(ns);
  return machine.takeAdvance();
}
const figure = ({ frame }: Advance, name: MetricName): number => frame.metrics[METRIC_INDEX[name]]!;

const EDGES = /^mm_vmscan_(direct|memcg)_reclaim_(begin|end):/;
const numberIn = (text: string, field: string) => Number(new RegExp(` ${field}=(\\d+)`).exec(text)![1]);

interface Line {
  readonly atNs: Ns;
  readonly who: string;
  readonly text: string;
}

/** Who is in reclaim when the trace begins: whose first event of reclaim is its end. */
function inFromStart(lines: readonly Line[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const { who, text } of lines) {
    const edge = EDGES.exec(text);
    if (edge && !known.has(who)) known.set(who, edge[2] === 'end' ? edge[1]! : '');
  }
  return known;
}

function recount(lines: readonly Line[], untilNs: Ns) {
  const inside = inFromStart(lines);
  const sums = { direct_reclaims: 0, memcg_reclaims: 0, direct_pages_scanned: 0, memcg_pages_scanned: 0 };
  const more = { direct_pages_reclaimed: 0, memcg_pages_reclaimed: 0, kswapd_pages_scanned: 0 };
  for (const { atNs, who, text } of lines) {
    if (atNs > untilNs) break;
    const [, kind = '', edge] = EDGES.exec(text) ?? [];
    if (edge === 'begin') sums[`${kind as 'direct'}_reclaims`]++;
    if (edge) inside.set(who, edge === 'begin' ? kind : '');
    const as = (who.startsWith('kswapd') ? '' : inside.get(who)) as '' | 'direct' | 'memcg' | undefined;
    if (text.startsWith('mm_vmscan_lru_isolate') && text.includes('lru=inactive')) {
      if (who.startsWith('kswapd')) more.kswapd_pages_scanned += numberIn(text, 'nr_scanned');
      else if (as) sums[`${as}_pages_scanned`] += numberIn(text, 'nr_scanned');
    }
    if (text.startsWith('mm_vmscan_lru_shrink_inactive') && as)
      more[`${as}_pages_reclaimed`] += numberIn(text, 'nr_reclaimed');
  }
  return { figures: { ...sums, ...more }, inside };
}

/** What the drives have in hand: issued, and what follows is not that it was too busy. */
function inDriveAt(lines: readonly Line[], untilNs: Ns): readonly number[] {
  const held = new Map<string, number>();
  const at = /^block_rq_(issue|complete|requeue): (\d+,\d+) .* (\d+) \+ (\d+) /;
  const rows = lines.map(({ text }) => at.exec(text)).map((found) => (found && found[4] !== '0' ? found : undefined));
  const refused = new Set<number>();
  const nextOf = new Map<string, string>();
  for (let row = rows.length - 1; row >= 0; row--) {
    const [, kind = '', device, sector] = rows[row] ?? [];
    if (kind === 'issue' && nextOf.get(`${device} ${sector}`) === 'requeue') refused.add(row);
    if (kind !== '') nextOf.set(`${device} ${sector}`, kind);
  }
  for (const [row, found] of rows.entries()) {
    if (!found || lines[row]!.atNs > untilNs) continue;
    const key = `${found[2]} ${found[3]}`;
    if (found[1] === 'issue' && !refused.has(row)) held.set(key, Number(found[3]));
    else if (found[1] === 'complete') held.delete(key);
  }
  return [...held.values()];
}

test.each(PLAYED)('$name: moments are what a slow count makes of the lines', ({ trace }) => {
  const machine = new TracedMachine('run', traceAt(trace).table);
  const { rows } = machine.index;
  const lines: Line[] = Array.from({ length: rows.count }, (_, row) => ({
    atNs: rows.atNs[row]!,
    who: rows.taskText(row),
    text: rows.eventText(row),
  }));
  for (const ns of momentsOf(machine, 4)) {
    const advance = advanceAt(machine, ns);
    const { frame } = advance;
    const { figures, inside } = recount(lines, ns);
    for (const [name, value] of Object.entries(figures)) expect(figure(advance, name as MetricName), name).toBe(value);
    for (const { name, kind, reclaim } of frame.tasks) {
      const key = [...inside.keys()].find((who) => who.replace(/-\d+$/, '') === name) ?? '';
      if (kind === 'task') expect(reclaim, name).toBe(inside.get(key) || 'none');
    }
    const drives = [frame.disk, ...frame.moreDisks].flatMap(({ inDrive }) => inDrive.map(({ sector }) => sector));
    expect(drives.toSorted((a, b) => a - b)).toEqual(inDriveAt(lines, ns).toSorted((a, b) => a - b));
  }
});

test.each(PLAYED)('$name: a place gone to is the place played to, and the past is told once', ({ trace }) => {
  const { table } = traceAt(trace);
  const played = new TracedMachine('run', table);
  const sought = new TracedMachine('run', table);
  const told = { requests: 0, samples: 0, stalls: 0 };
  const take = ({ requests, samples, stalls }: Advance) => {
    told.requests += requests.endNs.length;
    told.samples += samples.timeNs.length;
    told.stalls += stalls.endNs.length;
  };
  take(played.takeAdvance());
  for (const ns of momentsOf(played, 12).toSorted((a, b) => a - b)) {
    const there = advanceAt(played, ns);
    take(there);
    expect(advanceAt(sought, ns).frame).toEqual(there.frame);
    advanceAt(sought, ns / 3);
    const again = advanceAt(sought, ns);
    expect(again.frame).toEqual(there.frame);
    expect(again.requests.endNs).toHaveLength(0);
  }
  take(advanceAt(played, played.durationNs));
  const whole = new TracedMachine('run', table);
  const all = advanceAt(whole, whole.durationNs);
  expect(told).toEqual({
    requests: all.requests.endNs.length,
    samples: all.samples.timeNs.length,
    stalls: all.stalls.endNs.length,
  });
  whole.restart();
  expect(advanceAt(whole, whole.durationNs)).toEqual(all);
});
