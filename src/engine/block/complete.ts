import { broken } from '../../abi/errors.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { US } from '../../abi/units.ts';
import type { BlockState } from '../machine/block-state.ts';
import { DISK_STAT } from '../machine/disk-stat.ts';
import { WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { endPageWriteback } from '../machine/page-state.ts';
import { dispatch, driveOf } from './dispatch.ts';
import { endPageRead } from './end-io.ts';
import { freeRequest } from './request-pool.ts';

/** R7.20: the pages in ascending order, then the request, then the next one. The driver's re-run pulls the plug. */
export function complete(k: Kernel, block: BlockState, id: number): void {
  const { requests, inFlight } = block;
  const at = inFlight.indexOf(id);
  if (at < 0 || requests.inUse[id] === 0) broken('the disk has finished a request that it never had (I15)');
  noteTimes(k, block, id);
  const pfns = requests.pfns[id]!;
  const isWrite = requests.direction[id] === WRITE;
  for (let page = 0; page < pfns.length; page++) {
    if (isWrite) endPageWriteback(k, pfns[page]!);
    else endPageRead(k, pfns[page]!);
  }
  for (let behind = at + 1; behind < inFlight.length; behind++) inFlight[behind - 1] = inFlight[behind]!;
  inFlight.pop();
  k.call.elevator(k).completed?.(block, id, k.nowNs, driveOf(k, block));
  freeRequest(k, block, id);
  block.plugged = false;
  dispatch(k, block);
}

function noteTimes(k: Kernel, block: BlockState, id: number): void {
  const { nowNs } = k;
  const { stat } = block;
  const { issuedNs, seekNs, rotateNs, transferNs, sector, sectors, direction, by, task } = block.requests;
  if (nowNs < issuedNs[id]!) broken('the disk was done before it began (I15)');
  stat[DISK_STAT.busy_ns]! += nowNs - block.busySinceNs;
  block.busySinceNs = nowNs;
  stat[DISK_STAT.seek_ns]! += seekNs[id]!;
  stat[DISK_STAT.rotate_ns]! += rotateNs[id]!;
  stat[DISK_STAT.transfer_ns]! += transferNs[id]!;
  k.trace.emit(
    TRACE_ID.blockRqComplete,
    nowNs,
    task[id]!,
    block.id,
    sector[id],
    sectors[id],
    direction[id],
    by[id],
    Math.round(seekNs[id]! / US),
    Math.round(rotateNs[id]! / US),
    Math.round(transferNs[id]! / US),
  );
}
