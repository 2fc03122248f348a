import type { Advance } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import { RequestHistory } from './request-history.ts';
import { SampleHistory } from './sample-history.ts';

/** What has been drawn to the left of now, for both machines. A seek keeps it, a fork cuts it. */
export class History {
  readonly requests: Readonly<Record<MachineId, RequestHistory>> = { A: new RequestHistory(), B: new RequestHistory() };
  readonly samples: Readonly<Record<MachineId, SampleHistory>> = { A: new SampleHistory(), B: new SampleHistory() };
  /** The furthest time both machines have been at in this run. */
  furthestNs: Ns = 0;

  keep(machine: MachineId, advance: Advance): void {
    this.requests[machine].append(advance.requests);
    this.samples[machine].append(advance.samples);
  }

  reach(atNs: Ns): void {
    if (atNs > this.furthestNs) this.furthestNs = atNs;
  }

  cut(atNs: Ns): void {
    for (const part of [this.requests.A, this.requests.B, this.samples.A, this.samples.B]) part.cut(atNs);
    this.furthestNs = atNs;
  }

  clear(): void {
    for (const part of [this.requests.A, this.requests.B, this.samples.A, this.samples.B]) part.clear();
    this.furthestNs = 0;
  }
}
