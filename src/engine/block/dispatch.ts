import { broken } from '../../abi/errors.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { MS, US } from '../../abi/units.ts';
import { EV_DISK_DONE, EV_DRIVE, EV_UNPLUG } from '../machine/block-state.ts';
import type { DiskOptions } from '../machine/disk.ts';
import { WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { endPageWriteback } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { VM } from '../machine/vmstat.ts';
import { pushEvent } from '../sim/event-queue.ts';
import { endPageRead } from './end-io.ts';
import { takeOut } from './queue.ts';
import { freeRequest } from './request-pool.ts';

const UNPLUG_DELAY_NS = 3 * MS;
const WRITE_REQUESTS_BY = [
  VM.write_requests_by_task,
  VM.write_requests_by_kswapd,
  VM.write_requests_by_direct,
  VM.write_requests_by_memcg,
  VM.write_requests_by_flusher,
];

/** The engine's door for the disk's events. */
export function onDiskEvent(k: Kernel, what: number, _arg: number): void {
  if (what === EV_DISK_DONE) complete(k);
  else if (what === EV_UNPLUG) onUnplugTimer(k);
  else if (what === EV_DRIVE) letDriveGoOn(k);
  else broken("event # is not the disk's", what);
}

/** blk_plug_device(): nothing is dispatched until something unplugs (R7.3). */
export function plug(k: Kernel): void {
  const { block, sim } = k;
  if (block.plugged) return;
  block.plugged = true;
  block.unplugAtNs = sim.nowNs + UNPLUG_DELAY_NS;
  if (block.unplugTimer) return;
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, EV_UNPLUG, 0);
}

/** One timer event at most: it follows the plug of now instead of being cancelled with each. */
function onUnplugTimer(k: Kernel): void {
  const { block, sim } = k;
  block.unplugTimer = false;
  if (!block.plugged) return;
  if (sim.nowNs >= block.unplugAtNs) {
    unplug(k);
    return;
  }
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, EV_UNPLUG, 0);
}

/** __generic_unplug_device(). */
export function unplug(k: Kernel): void {
  const { block } = k;
  if (!block.plugged) return;
  block.plugged = false;
  dispatchNext(k);
}

/** The disk works on one request at a time (R7.10, I15). */
function dispatchNext(k: Kernel): void {
  const { block, sim } = k;
  if (block.inFlight !== NONE || block.arrival.length === 0) return;
  const id = k.call.elevator(k).choose(block, sim.nowNs);
  if (id === NONE) return;
  takeOut(block, id);
  block.inFlight = id;
  const { sector, sectors, direction, by, issuedNs } = block.requests;
  issuedNs[id] = sim.nowNs;
  countRequest(k, id);
  REQUEST.write = direction[id] === WRITE;
  REQUEST.sector = sector[id]!;
  REQUEST.sectors = sectors[id]!;
  const serviceNs = k.device.serve(block.disk, REQUEST, sim.nowNs, diskOptions(k));
  block.lastSector = sector[id]! + sectors[id]!;
  k.trace.emit(TRACE_ID.blockRqIssue, sim.nowNs, 0, sector[id], sectors[id], direction[id], by[id]);
  pushEvent(sim.queue, sim.nowNs + serviceNs, EV_DISK_DONE, id);
  if (!block.driveTimer) letDriveGoOn(k);
}

function diskOptions(k: Kernel): DiskOptions {
  OPTIONS.totalSectors = k.m.config.diskSectors;
  OPTIONS.trackBuffer = k.sysctl.trackBuffer;
  OPTIONS.writeCacheSectors = k.sysctl.writeCacheSectors;
  return OPTIONS;
}

/** A drive with a write cache works without being asked (R7.16): seen when its next piece of work begins. */
function letDriveGoOn(k: Kernel): void {
  const { block, sim } = k;
  const dueNs = k.device.goOn(block.disk, sim.nowNs, diskOptions(k));
  block.driveTimer = dueNs < Infinity;
  if (block.driveTimer) pushEvent(sim.queue, dueNs, EV_DRIVE, 0);
}

/** What the disk is told, filled in anew for each request: no state, only no garbage. */
const REQUEST = { write: false, sector: 0, sectors: 0 };
const OPTIONS = { totalSectors: 0, trackBuffer: false, writeCacheSectors: 0 };

/** A request counts when it reaches the disk, for the writer whose bio made it (design.md). */
function countRequest(k: Kernel, id: number): void {
  const { vm } = k;
  const { direction, by, sector, sectors } = k.block.requests;
  if (direction[id] === WRITE) {
    vm[VM.disk_write_requests]!++;
    vm[WRITE_REQUESTS_BY[by[id]!]!]!++;
  } else vm[VM.disk_read_requests]!++;
  vm[VM.disk_sectors]! += sectors[id]!;
  const jump = Math.abs(sector[id]! - k.block.lastSector);
  if (jump > 0) vm[VM.disk_seeks_any]!++;
  if (jump > 128) vm[VM.disk_seeks_over_128]!++;
  if (jump > 800) vm[VM.disk_seeks_over_800]!++;
}

/** R7.20: the pages in ascending order, then the request, then the next one. The driver's re-run pulls the plug. */
function complete(k: Kernel): void {
  const { block } = k;
  const id = block.inFlight;
  const { requests } = block;
  if (id === NONE || requests.inUse[id] === 0) broken('the disk has finished a request that it never had (I15)');
  noteTimes(k, id);
  const pfns = requests.pfns[id]!;
  const isWrite = requests.direction[id] === WRITE;
  for (let at = 0; at < pfns.length; at++) {
    if (isWrite) endPageWriteback(k, pfns[at]!);
    else endPageRead(k, pfns[at]!);
  }
  block.inFlight = NONE;
  freeRequest(k, id);
  block.plugged = false;
  dispatchNext(k);
}

function noteTimes(k: Kernel, id: number): void {
  const { vm, nowNs } = k;
  const { seekNs, rotateNs, transferNs } = k.block.disk;
  const { issuedNs, sector, sectors, direction, by } = k.block.requests;
  if (nowNs < issuedNs[id]!) broken('the disk was done before it began (I15)');
  vm[VM.disk_busy_ns]! += nowNs - issuedNs[id]!;
  vm[VM.disk_seek_ns]! += seekNs;
  vm[VM.disk_rotate_ns]! += rotateNs;
  vm[VM.disk_transfer_ns]! += transferNs;
  k.trace.emit(
    TRACE_ID.blockRqComplete,
    nowNs,
    0,
    sector[id],
    sectors[id],
    direction[id],
    by[id],
    Math.round(seekNs / US),
    Math.round(rotateNs / US),
    Math.round(transferNs / US),
  );
}
