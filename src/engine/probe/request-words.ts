import { ACTORS } from '../../abi/actor.ts';
import type { Ns, Pfn } from '../../abi/units.ts';
import type { BlockState } from '../machine/block-state.ts';
import { WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';

/** What a disk does for a page. */
export interface Service {
  readonly fromNs: Ns;
  readonly rule: string;
  readonly says: string;
}

/** "5.9", "0.03": milliseconds as one says them. */
export function ms(ns: Ns): string {
  const value = ns / 1e6;
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** The request that a disk is working on and that carries the page; undefined: none. */
export function servedIn(k: Kernel, pfn: Pfn): Service | undefined {
  for (const block of k.blocks)
    for (const id of block.inFlight) if (block.requests.pfns[id]!.includes(pfn)) return serviceOf(block, id);
  return undefined;
}

/** The same of one that is queued. */
export function queuedIn(k: Kernel, pfn: Pfn): Service | undefined {
  for (const { requests, inFlight } of k.blocks) {
    const id = requests.pfns.findIndex((pfns, row) => requests.inUse[row] === 1 && pfns.includes(pfn));
    if (id < 0 || inFlight.includes(id)) continue;
    const rows = requests.inUse.reduce((sum, used) => sum + used, 0);
    return {
      fromNs: k.nowNs,
      rule: 'R7.2',
      says: `in the queue since ${ms(k.nowNs - requests.queuedNs[id]!)} ms, one of ${rows}`,
    };
  }
  return undefined;
}

function serviceOf({ requests }: BlockState, id: number): Service {
  const { seekNs, rotateNs, transferNs, issuedNs, queuedNs, direction, by } = requests;
  const verb = direction[id] === WRITE ? 'write' : 'read';
  const pages = requests.pfns[id]!.length;
  const shared = pages === 1 ? '' : `; ${pages} pages in one request, begun by ${ACTORS[by[id]!]}`;
  const waited = issuedNs[id]! - queuedNs[id]!;
  const queue = waited > 0 ? `, after ${ms(waited)} ms in the queue` : '';
  return {
    fromNs: issuedNs[id]!,
    rule: 'R7.10',
    says: `seek ${ms(seekNs[id]!)}, rotate ${ms(rotateNs[id]!)}, ${verb} ${ms(transferNs[id]!)} ms${queue}${shared}`,
  };
}
