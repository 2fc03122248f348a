import type { Breakpoint } from '../abi/breakpoint.ts';
import { SAMPLED } from '../abi/counters.ts';
import { err, ok, type Result } from '../abi/errors.ts';
import type { EventColumns } from '../abi/events.ts';
import type { MachineFrame } from '../abi/frame.ts';
import type { Look, Spot, Thing } from '../abi/look.ts';
import type { Advance, StepKind, ThreadStep } from '../abi/protocol.ts';
import type { Scenario, TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { Machine } from './round.ts';

/** Test double of a machine: an event each millisecond, a request each two, at most `sliceNs` of time per call. */
export class FakeMachine implements Machine {
  nowNs: Ns = 0;
  events = 0;
  inputs: TimedInput[] = [];
  readonly calls: string[] = [];
  private sentNs: Ns = 0;
  private readonly sliceNs: Ns;
  /** Given: the simulated kernel ends by itself at this time. */
  stopsAtNs: Ns | undefined = undefined;
  /** Where it meets a breakpoint of whatever kind. */
  hitsAtNs: readonly Ns[] = [];
  /** Steps find nothing to stop at. */
  givesUp = false;

  constructor(sliceNs: Ns = 10e6) {
    this.sliceNs = sliceNs;
  }

  describe() {
    return Promise.resolve(ok({ model: '1', kernels: [], workloads: [], knobs: [] }));
  }
  load(_scenario: Scenario) {
    this.calls.push('load');
    this.go(0);
    return this.answer();
  }
  advance(untilNs: Ns, _whole?: boolean, breakpoints: readonly Breakpoint[] = []) {
    this.calls.push(`advance ${untilNs / 1e6}`);
    const sliceNs = Math.min(untilNs, this.nowNs + this.sliceNs, this.stopsAtNs ?? untilNs);
    const kind = breakpoints[0]?.kind;
    const hitNs = kind && this.hitsAtNs.find((ns) => ns > this.nowNs && ns <= sliceNs);
    this.go(hitNs ?? sliceNs);
    return this.answer(kind && hitNs ? { hit: { kind, atNs: hitNs, who: 'dd', value: 0, bound: 0 } } : {});
  }
  step(kind: StepKind | ThreadStep, thread?: number) {
    this.calls.push(thread === undefined ? `step ${kind}` : `step ${kind} of ${thread}`);
    this.go(this.nowNs + 1e6);
    return this.answer(this.givesUp ? { gaveUpAfter: 50_000 } : {});
  }
  seek(toNs: Ns, eventsDone?: number) {
    this.calls.push(`seek ${toNs / 1e6}`);
    this.go(eventsDone === undefined ? toNs : Math.min(toNs, eventsDone * 1e6));
    return this.answer();
  }
  input(input: TimedInput): Promise<Result<Advance>> {
    if (input.path === 'no.such') {
      return Promise.resolve(err({ kind: 'unknown', what: 'knob', name: input.path, allowed: ['a'] }));
    }
    if (input.atNs < this.nowNs) throw new Error('the past cannot be turned');
    this.inputs = [...this.inputs.filter((one) => one.atNs <= input.atNs), input];
    this.sentNs = Math.min(this.sentNs, input.atNs);
    return this.answer();
  }
  replaceInputs(inputs: readonly TimedInput[], fromNs: Ns) {
    this.calls.push(`inputs ${inputs.length} from ${fromNs / 1e6}`);
    this.inputs = [...inputs];
    this.sentNs = Math.min(this.sentNs, fromNs);
    this.go(Math.min(this.nowNs, fromNs));
    return this.answer();
  }
  look(look: Look) {
    this.calls.push(`look ${look.order}`);
    return this.answer();
  }
  pageAt({ at }: Spot): Promise<Result<Thing | undefined>> {
    this.calls.push(`page at ${at}`);
    return Promise.resolve(ok({ kind: 'page', space: 1, index: at }));
  }
  findEvents(): Promise<Result<EventColumns>> {
    throw new Error('nothing is recorded here');
  }
  hash() {
    return Promise.resolve(ok(`${this.nowNs}/${this.events}`));
  }
  close() {
    this.calls.push('close');
  }
  kill() {}

  private go(toNs: Ns): void {
    this.nowNs = toNs;
    this.events = Math.floor(toNs / 1e6);
  }

  private answer(said: Pick<Advance, 'hit' | 'gaveUpAfter'> = {}): Promise<Result<Advance>> {
    const ends: Ns[] = [];
    for (let ns = Math.floor(this.sentNs / 2e6) * 2e6 + 2e6; ns <= this.nowNs; ns += 2e6) ends.push(ns);
    this.sentNs = Math.max(this.sentNs, this.nowNs);
    const n = ends.length;
    const zeros = () => new Float64Array(n);
    return Promise.resolve(
      ok({
        frame: {
          nowNs: this.nowNs,
          eventsDone: this.events,
          metrics: new Float64Array(),
          memory: { totalPages: 16_384 },
          tasks: [{ id: 3, name: 'kswapd0' }],
        } as unknown as MachineFrame,
        stalls: {
          startNs: new Float64Array(),
          endNs: new Float64Array(),
          thread: new Int16Array(),
          kind: new Uint8Array(),
        },
        requests: {
          disk: new Uint8Array(n),
          startNs: Float64Array.from(ends, (ns) => ns - 1e6),
          endNs: Float64Array.from(ends),
          sector: zeros(),
          sectors: new Int32Array(n).fill(8),
          write: new Uint8Array(n),
          by: new Uint8Array(n),
          seekNs: zeros(),
          rotateNs: zeros(),
          transferNs: zeros(),
        },
        samples: {
          timeNs: Float64Array.from(ends),
          freePages: zeros(),
          dirtyPages: zeros(),
          writebackPages: zeros(),
          threads: 1,
          ran: new Float32Array(n),
          stalled: new Float32Array(n),
          acted: new Float32Array(4 * n),
          oomKills: zeros(),
          overflows: zeros(),
          counters: new Float64Array(n * SAMPLED.length),
        },
        past: { checkpoints: 1, checkpointBytes: 0, budgetBytes: 1, spacingNs: 250e6, horizonNs: 0 },
        ...said,
        ...(this.stopsAtNs !== undefined && this.nowNs >= this.stopsAtNs ? { stopped: 'a lock cycle' } : {}),
      }),
    );
  }
}
