import { err, ok } from '../../abi/errors.ts';
import { METRIC_INDEX, type MetricName } from '../../abi/metrics.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { WhatIfRequests, WhatIfSums } from '../../abi/what-if.ts';
import { Engine } from '../engine.ts';
import type { Instruments } from '../machine/instruments.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { PageRange } from '../machine/policy/pageout-unit.ts';
import { metricsOf } from '../metrics.ts';
import { isDecision, overrule } from '../probe/decisions.ts';
import { PageLife } from '../probe/page-life.ts';
import { type LabJob, runTo } from './shared.ts';

export const whatIf: LabJob<'whatIf'> = ({ scenario, machine, decision, outcome, untilNs }, { recording, report }) => {
  const life = new PageLife(decision.page);
  let nth = 0;
  let taken: { readonly range?: PageRange; readonly metrics: Float64Array; readonly emitted: number } | undefined;
  const instruments: Instruments = {
    ...life.instruments,
    watch: {
      judging: (k, t, pfn) => life.instruments.watch?.judging(k, t, pfn),
      judged: (k, t, pfn, verdict, firstPass) => {
        if (isDecision(k, t, pfn, verdict) && ++nth === decision.nth) {
          const { range, verdict: instead } = overrule(k, t, pfn, verdict, outcome);
          taken = { metrics: metricsOf(k), emitted: k.trace.emitted, ...(range === undefined ? {} : { range }) };
          return instead;
        }
        return life.instruments.watch?.judged(k, t, pfn, verdict, firstPass) ?? verdict;
      },
    },
  };
  const booted = Engine.boot(scenario, machine, recording, false, instruments);
  if (!booted.ok) return booted;
  const engine = booted.value;
  engine.checker = life.afterEvent;
  runTo(engine, decision.atNs - 1, (done) => report(done / 2));
  const hashBefore = engine.hash();
  runTo(engine, untilNs, (done) => report((1 + done) / 2));
  life.finish(engine.kernel);
  if (taken === undefined)
    return err({ kind: 'bad-input', where: 'decision', message: 'the run has no such decision' });
  return ok({
    outcome,
    hashBefore,
    hashAfter: engine.hash(),
    fromNs: decision.atNs,
    untilNs,
    ...(taken.range === undefined ? {} : { range: taken.range }),
    sums: sumsSince(engine.kernel, taken.metrics),
    events: life.events.filter(({ atNs }) => atNs >= decision.atNs),
    requests: requestsSince(engine.kernel, taken.emitted),
    totalSectors: engine.kernel.m.config.diskSectors,
  });
};

function sumsSince(k: Kernel, before: Float64Array): WhatIfSums {
  const now = metricsOf(k);
  const since = (name: MetricName): number => {
    const row = METRIC_INDEX[name];
    return (Number.isNaN(now[row]!) ? 0 : now[row]!) - (Number.isNaN(before[row]!) ? 0 : before[row]!);
  };
  return {
    requests: since('disk_requests'),
    pagesWritten: since('pages_written'),
    seeks: since('disk_seeks_over_128'),
    stallMs: (since('direct_stall_s') + since('memcg_stall_s')) * 1e3,
    directReclaims: since('direct_reclaims') + since('memcg_reclaims'),
  };
}

function requestsSince({ trace }: Kernel, emitted: number): WhatIfRequests {
  const rows = Array.from({ length: trace.emitted - emitted }, (_, at) => trace.rowOf(emitted + at)!).filter(
    (row) => trace.id[row] === TRACE_ID.blockRqComplete,
  );
  const args = rows.map((row) => trace.argsOf(row));
  return {
    endNs: Float64Array.from(rows, (row) => trace.timeNs[row]!),
    sector: Float64Array.from(args, ([, sector]) => sector!),
    sectors: Float64Array.from(args, ([, , sectors]) => sectors!),
    write: Uint8Array.from(args, ([, , , write]) => write!),
  };
}
