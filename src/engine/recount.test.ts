import { describe, expect, test } from 'vitest';
import { ACTOR } from '../abi/actor.ts';
import type { Scenario } from '../abi/scenario.ts';
import { TRACE_ID, TRACEPOINT_KEYS, type TracepointKey } from '../abi/tracepoints.ts';
import { MS, type Ns, S } from '../abi/units.ts';
import { lockCycleScene } from '../scenarios/lock-cycle.ts';
import { reader } from '../scenarios/reader.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { namedMetrics } from './metrics.ts';
import { boot, SMALL, type Variation } from './scene-rig.ts';

// Metrics against a recount from the events of the same run: two ways to the same number.

interface Event {
  readonly atNs: Ns;
  readonly key: TracepointKey;
  readonly by: number;
  readonly args: readonly number[];
}

function eventsOf(scene: Scenario, untilS: number, variation: Variation = {}) {
  const events: Event[] = [];
  const engine = boot(scene, {
    ...variation,
    watch: ({ trace }) => {
      for (let n = events.length; n < trace.emitted; n++) {
        const row = n % trace.capacity;
        const key = TRACEPOINT_KEYS[trace.id[row]!]!;
        events.push({ atNs: trace.timeNs[row]!, key, by: trace.thread[row]!, args: trace.argsOf(row) });
      }
    },
  });
  engine.advance(untilS * S);
  expect(events.length).toBe(engine.kernel.trace.emitted);
  return {
    events,
    m: namedMetrics(engine.kernel),
    endNs: engine.nowNs,
    of: (key: TracepointKey) => events.filter((event) => event.key === key),
  };
}

const KSWAPD = 0;
/** Field of an event by its place in the tracepoint. */
const sum = (events: readonly Event[], field: number) => events.reduce((total, { args }) => total + args[field]!, 0);

/** Begin and end events of each thread, paired. */
function stretches(
  events: readonly Event[],
  begin: TracepointKey,
  end: TracepointKey,
  untilNs: Ns,
): { by: number; fromNs: Ns; toNs: Ns; isOver: boolean }[] {
  const open = new Map<number, Ns>();
  const found: { by: number; fromNs: Ns; toNs: Ns; isOver: boolean }[] = [];
  for (const { key, by, atNs } of events) {
    if (key === begin && !open.has(by)) open.set(by, atNs);
    if (key !== end || !open.has(by)) continue;
    found.push({ by, fromNs: open.get(by)!, toNs: atNs, isOver: true });
    open.delete(by);
  }
  for (const [by, fromNs] of open) found.push({ by, fromNs, toNs: untilNs, isOver: false });
  return found;
}

describe.each([
  ['seeky-vs-range, base', seekyVsRange, 20, {}],
  ['seeky-vs-range, rfc-v1', seekyVsRange, 20, { machine: 'B' }],
  ['seeky-vs-range small, rfc-v1-p5', seekyVsRange, 4, { ...SMALL, kernel: 'rfc-v1-p5' }],
  ['reader', reader, 40, {}],
  ['lock-cycle, bugs off', lockCycleScene, 20, { machine: 'B' }],
] as const)('%s', (_name, scene, untilS, variation) => {
  const { events, m, of, endNs } = eventsOf(scene, untilS, variation as Variation);

  test('disk requests, by kind and by whose bio created them', () => {
    const issued = of('blockRqIssue');
    const writes = issued.filter(({ args }) => args[3] === 1);
    expect(m.disk_requests).toBe(issued.length);
    expect([m.disk_write_requests, m.disk_read_requests]).toEqual([writes.length, issued.length - writes.length]);
    const by = (actor: number) => writes.filter(({ args }) => args[4] === actor).length;
    expect([
      m.write_requests_by_dirtier,
      m.write_requests_by_kswapd,
      m.write_requests_by_direct,
      m.write_requests_by_memcg ?? 0, // no groups, no such metric
      m.write_requests_by_flusher,
    ]).toEqual([ACTOR.TASK, ACTOR.KSWAPD, ACTOR.DIRECT, ACTOR.MEMCG, ACTOR.FLUSHER].map(by));
    const done = of('blockRqComplete');
    expect(done.length).toBeGreaterThanOrEqual(issued.length - 1);
    if (issued.length > 0)
      expect(Math.abs(m.disk_mean_request_kib! - sum(issued, 2) / 2 / issued.length)).toBeLessThan(1);
    // Seek, rotation and transfer of the finished requests (whole microseconds in the trace).
    for (const [name, field] of [
      ['disk_seek_s', 5],
      ['disk_rotate_s', 6],
      ['disk_transfer_s', 7],
    ] as const) {
      expect(Math.abs(m[name]! - sum(done, field) / 1e6)).toBeLessThan(0.05 + issued.length * 1e-6);
    }
  });

  test('seeks by each definition, from where one request begins and the one before it ended', () => {
    let head = 0;
    const jumps = of('blockRqIssue').map(({ args: [, sector, sectors] }) => {
      const jump = Math.abs(sector! - head);
      head = sector! + sectors!;
      return jump;
    });
    const longer = (than: number) => jumps.filter((jump) => jump > than).length;
    expect([m.disk_seeks_any, m.disk_seeks_over_128, m.disk_seeks_over_800]).toEqual([0, 128, 800].map(longer));
  });

  test('seeks as btt counts them: from edge to edge, none where a request touches the one before it', () => {
    const issued = of('blockRqIssue').map(({ args: [, sector, sectors] }) => ({
      start: sector!,
      end: sector! + sectors!,
    }));
    const distances = issued.map(({ start, end }, at) => {
      const last = issued[at - 1] ?? { start: 0, end: 0 };
      const touches = [start, end].some((edge) => edge >= last.start && edge <= last.end);
      return touches ? 0 : Math.abs(start - (start > last.end ? last.end : last.start));
    });
    expect(m.disk_seeks_btt).toBe(distances.filter((sectors) => sectors > 0).length);
    const mean = distances.reduce((total, sectors) => total + sectors, 0) / issued.length;
    if (issued.length > 0) expect(m.disk_seek_mean_sectors_btt! / mean).toBeCloseTo(1, 9);
  });

  test('bytes and time of the disk: one request at a time, from its issue to its end', () => {
    const issued = of('blockRqIssue');
    const done = of('blockRqComplete');
    const busyNs = done.reduce((total, { atNs }, at) => total + atNs - issued[at]!.atNs, 0);
    expect(Math.abs(m.disk_busy_s! - busyNs / S)).toBeLessThan(0.05); // one may be on the disk at the end
    expect(m.disk_mib_per_s!).toBeCloseTo(sum(issued, 2) / 2048 / (endNs / S), 1);
  });

  test('pages written: every page in a write request has its writer', () => {
    const pages =
      sum(
        of('blockRqComplete').filter(({ args }) => args[3] === 1),
        2,
      ) / 8;
    const writers = [
      'written_by_kswapd',
      'written_by_direct',
      'written_by_memcg',
      'written_by_flusher',
      'written_by_dirtier',
    ];
    const written = writers.reduce((total, name) => total + (m[name] ?? 0), 0);
    expect(written).toBe(m.pages_written);
    expect(pages).toBeLessThanOrEqual(m.pages_written!);
    expect(m.pages_written! - pages).toBeLessThanOrEqual(256 * 8); // still queued
    // ->writepage events: the script's rows, by kswapd and by direct reclaim.
    const writepages = of('writepage');
    const byKswapd = writepages.filter(({ by }) => by === KSWAPD).length;
    expect([
      m.kswapd_write_file_async! + m.kswapd_write_anon_async!,
      m.direct_write_file_async! + m.direct_write_anon_async!,
    ]).toEqual([byKswapd, writepages.length - byKswapd]);
    expect(m.range_writes).toBe(of('rangeWrite').length);
    if (m.range_writes === 0)
      expect([m.written_by_kswapd, m.written_by_direct]).toEqual([byKswapd, writepages.length - byKswapd]);
    else expect(m.written_by_kswapd! + m.written_by_direct!).toBeGreaterThan(m.range_collateral_pages!);
  });

  test('direct reclaims, what they freed and how long they stalled', () => {
    expect(m.direct_reclaims).toBe(of('directReclaimBegin').length);
    expect(m.allocstall).toBe(m.direct_reclaims);
    expect(m.direct_pages_reclaimed).toBe(sum(of('directReclaimEnd'), 0));
    const reclaims = stretches(events, 'directReclaimBegin', 'directReclaimEnd', endNs);
    expect(reclaims.length).toBe(m.direct_reclaims);
    const stallNs = reclaims.reduce((total, { fromNs, toNs, isOver }) => total + (isOver ? toNs - fromNs : 0), 0);
    expect(m.direct_stall_s).toBeCloseTo(stallNs / S, 9);
  });

  test('kswapd: requests, wakeups and the time it was awake', () => {
    expect(m.kswapd_wake_requests).toBe(of('wakeupKswapd').length);
    const awake = stretches(events, 'kswapdWake', 'kswapdSleep', endNs);
    expect(m.kswapd_wakeups).toBe(awake.length);
    const awakeNs = awake.reduce((total, { fromNs, toNs }) => total + toNs - fromNs, 0);
    expect(Math.abs(m.kswapd_awake_s! - awakeNs / S)).toBeLessThan(0.001);
  });

  test('pages scanned: batches isolated by kswapd and by direct reclaim', () => {
    const batches = of('lruIsolate');
    const ofKswapd = sum(
      batches.filter(({ by }) => by === KSWAPD),
      3,
    );
    const ofDirect = sum(
      batches.filter(({ by }) => by !== KSWAPD),
      3,
    );
    // Ageing of active lists is an isolation too, which the counters leave out.
    expect(m.kswapd_pages_scanned!).toBeLessThanOrEqual(ofKswapd);
    expect(m.direct_pages_scanned!).toBeLessThanOrEqual(ofDirect);
    if (m.dirty_laps_max === 0) expect([m.kswapd_pages_scanned, m.direct_pages_scanned]).toEqual([ofKswapd, ofDirect]);
  });
});

test('frames and times: no event is stamped later than the machine stands, and each kind is counted', () => {
  const { events, endNs } = eventsOf(seekyVsRange, 10);
  expect(events.every(({ atNs }, at) => atNs <= endNs && (at === 0 || atNs >= events[at - 1]!.atNs))).toBe(true);
  const engine = boot(seekyVsRange);
  engine.advance(10 * S - 10 * MS);
  engine.advance(10 * S);
  for (const key of TRACEPOINT_KEYS) {
    expect([key, engine.kernel.trace.counts[TRACE_ID[key]]]).toEqual([
      key,
      events.filter((event) => event.key === key).length,
    ]);
  }
});
