import type { RequestColumns, StallColumns } from '../abi/frame.ts';
import { METRIC_INDEX } from '../abi/metrics.ts';
import type { Advance } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import { MACHINES, type Twin } from './feed.ts';
import { RequestHistory } from './request-history.ts';
import { SampleHistory, type SampleRows } from './sample-history.ts';
import { StallHistory } from './stall-history.ts';

type OfBoth<T> = Record<MachineId, T>;

/** Where a simulated kernel came to an end by itself, and of what. */
export interface End {
  readonly atNs: Ns;
  readonly of: 'stack overflow' | 'lock cycle' | 'other';
}

/** What lay after some time: taken away by a fork, given back when the fork is undone. */
export interface Future {
  readonly requests: OfBoth<RequestColumns>;
  readonly samples: OfBoth<SampleRows>;
  readonly stalls: OfBoth<StallColumns>;
  readonly ends: Partial<OfBoth<End>>;
  readonly furthestNs: Ns;
  readonly furthestEvents: Readonly<OfBoth<number>>;
}

/** What has been drawn to the left of now, for both machines. A seek keeps it, a fork cuts it. */
export class History {
  readonly requests: Readonly<OfBoth<RequestHistory>> = { A: new RequestHistory(), B: new RequestHistory() };
  readonly samples: Readonly<OfBoth<SampleHistory>> = { A: new SampleHistory(), B: new SampleHistory() };
  readonly stalls: Readonly<OfBoth<StallHistory>> = { A: new StallHistory(), B: new StallHistory() };
  readonly ends: Partial<OfBoth<End>> = {};
  /** The furthest time both machines have been at in this run, and the events each had done then. */
  furthestNs: Ns = 0;
  furthestEvents: OfBoth<number> = { A: 0, B: 0 };

  keep(machine: MachineId, advance: Advance): void {
    this.requests[machine].append(advance.requests);
    this.samples[machine].append(advance.samples);
    this.stalls[machine].append(advance.stalls);
    // Where a trace ends nothing happened: somebody stopped recording.
    if (advance.stopped !== undefined && !advance.frame.traced) this.ends[machine] ??= endOf(advance);
  }

  reach({ atNs, A, B }: Twin): void {
    if (atNs < this.furthestNs) return;
    this.furthestNs = atNs;
    // A step may have stopped in the middle of this instant before.
    this.furthestEvents = {
      A: Math.max(this.furthestEvents.A, A.eventsDone),
      B: Math.max(this.furthestEvents.B, B.eventsDone),
    };
  }

  /** Forgets what came after the twin's time, and hands it out. */
  cut(atNs: Ns, eventsDone: Readonly<OfBoth<number>>): Future {
    const { requests, samples, stalls, ends, furthestNs, furthestEvents } = this;
    const future: Future = {
      requests: { A: requests.A.cut(atNs), B: requests.B.cut(atNs) },
      samples: { A: samples.A.cut(atNs), B: samples.B.cut(atNs) },
      stalls: { A: stalls.A.cut(atNs), B: stalls.B.cut(atNs) },
      ends: { ...ends },
      furthestNs,
      furthestEvents,
    };
    for (const id of MACHINES) if ((ends[id]?.atNs ?? 0) > atNs) delete ends[id];
    this.furthestNs = atNs;
    this.furthestEvents = { ...eventsDone };
    return future;
  }

  /** A future that was cut away here happens again. */
  join(future: Future): void {
    for (const id of MACHINES) {
      this.requests[id].append(future.requests[id]);
      this.samples[id].join(future.samples[id]);
      this.stalls[id].append(future.stalls[id]);
    }
    Object.assign(this.ends, future.ends);
    this.furthestNs = future.furthestNs;
    this.furthestEvents = { ...future.furthestEvents };
  }

  clear(): void {
    for (const id of MACHINES) {
      for (const part of [this.requests[id], this.samples[id], this.stalls[id]]) part.clear();
      delete this.ends[id];
    }
    this.furthestNs = 0;
    this.furthestEvents = { A: 0, B: 0 };
  }
}

function endOf({ frame: { nowNs, metrics } }: Advance): End {
  const happened = (name: 'stack_overflows' | 'lock_cycles') => (metrics[METRIC_INDEX[name]] ?? 0) > 0;
  const of = happened('stack_overflows') ? 'stack overflow' : happened('lock_cycles') ? 'lock cycle' : 'other';
  return { atNs: nowNs, of };
}
