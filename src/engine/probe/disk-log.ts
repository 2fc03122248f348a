import { ACTORS } from '../../abi/actor.ts';
import type { DiskShare } from '../../abi/stall.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Ns } from '../../abi/units.ts';
import { WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ms } from './request-words.ts';

/** A request that a disk has had in hand. */
export interface Served {
  readonly disk: number;
  readonly fromNs: Ns;
  /** Infinity: it has it still. */
  toNs: Ns;
  readonly seekNs: Ns;
  readonly rotateNs: Ns;
  readonly transferNs: Ns;
  readonly says: string;
}

/** Kept longer than any stall lasts that somebody wants explained. */
const KEPT = 8192;
/** No request takes longer. */
const LONGEST_NS: Ns = 2e9;

/** What the disks did lately, request by request. */
export class DiskLog {
  /** In the order in which they began. */
  private served: Served[] = [];
  private inHand: Served[] = [];
  private issued = 0;
  private completed = 0;

  afterEvent(k: Kernel): void {
    const { counts } = k.trace;
    if (counts[TRACE_ID.blockRqComplete] !== this.completed) this.end(k);
    if (counts[TRACE_ID.blockRqIssue] !== this.issued) this.begin(k);
    this.completed = counts[TRACE_ID.blockRqComplete]!;
    this.issued = counts[TRACE_ID.blockRqIssue]!;
  }

  /** The request that ended last by `ns`. */
  endedBy(disk: number, ns: Ns): Served | undefined {
    let last: Served | undefined;
    for (let at = this.served.length - 1; at >= 0; at--) {
      const one = this.served[at]!;
      if (one.fromNs < ns - LONGEST_NS) break;
      if (one.disk === disk && one.toNs <= ns && one.toNs > (last?.toNs ?? -1)) last = one;
    }
    return last;
  }

  /** How the disk spent a stretch of time; requests that overlap are told one after the other. */
  share(disk: number, fromNs: Ns, toNs: Ns): DiskShare {
    const sum = { requests: 0, seekNs: 0, rotateNs: 0, transferNs: 0, otherNs: 0 };
    let doneNs = fromNs;
    for (let at = this.firstSince(fromNs - LONGEST_NS); at < this.served.length; at++) {
      const one = this.served[at]!;
      if (one.fromNs >= toNs) break;
      if (one.disk !== disk || one.toNs <= doneNs) continue;
      sum.requests++;
      const endNs = Math.min(one.toNs, toNs);
      const part = (startNs: Ns, ns: Ns): Ns => Math.max(0, Math.min(startNs + ns, endNs) - Math.max(startNs, doneNs));
      const rotatesNs = one.fromNs + one.seekNs;
      sum.seekNs += part(one.fromNs, one.seekNs);
      sum.rotateNs += part(rotatesNs, one.rotateNs);
      sum.transferNs += part(rotatesNs + one.rotateNs, one.transferNs);
      doneNs = Math.max(doneNs, endNs);
    }
    sum.otherNs = toNs - fromNs - sum.seekNs - sum.rotateNs - sum.transferNs;
    return sum;
  }

  /** Row of the first request that began at `ns` or later. */
  private firstSince(ns: Ns): number {
    let low = 0;
    let high = this.served.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.served[middle]!.fromNs < ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private begin(k: Kernel): void {
    for (const { id: disk, inFlight, requests } of k.blocks) {
      for (const id of inFlight) {
        const fromNs = requests.issuedNs[id]!;
        if (this.inHand.some((one) => one.disk === disk && one.fromNs === fromNs)) continue;
        const pages = requests.pfns[id]!.length;
        const verb = requests.direction[id] === WRITE ? 'write' : 'read';
        const [seekNs, rotateNs, transferNs] = [requests.seekNs[id]!, requests.rotateNs[id]!, requests.transferNs[id]!];
        const one: Served = {
          disk,
          fromNs,
          toNs: Infinity,
          seekNs,
          rotateNs,
          transferNs,
          says: `${verb} of ${pages === 1 ? '1 page' : `${pages} pages`} for ${ACTORS[requests.by[id]!]}: seek ${ms(seekNs)}, rotate ${ms(rotateNs)}, transfer ${ms(transferNs)} ms`,
        };
        this.served.push(one);
        this.inHand.push(one);
      }
    }
    if (this.served.length > 2 * KEPT) this.served = this.served.slice(-KEPT);
  }

  /** Requests that no disk has any more. A disk may have ended one and begun the next at one instant. */
  private end(k: Kernel): void {
    this.inHand = this.inHand.filter((one) => {
      const { inFlight, requests } = k.blocks[one.disk]!;
      if (inFlight.some((id) => requests.issuedNs[id] === one.fromNs)) return true;
      one.toNs = k.nowNs;
      return false;
    });
  }
}
