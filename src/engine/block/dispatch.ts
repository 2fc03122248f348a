import { broken } from '../../abi/errors.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { MS, US } from '../../abi/units.ts';
import { type BlockState, EV_DISK_DONE, EV_DRIVE, EV_ELEVATOR, EV_UNPLUG, eventOf } from '../machine/block-state.ts';
import type { DeviceDriver, DiskOptions } from '../machine/disk.ts';
import { DISK_STAT } from '../machine/disk-stat.ts';
import { type Drive, type Elevator, WRITE } from '../machine/elevator.ts';
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

export function onQueueEvent(k: Kernel, what: number, id: number): void {
  const block = k.blocks[what >> 8];
  const kind = what & 0xff;
  if (block === undefined) broken('event # is of no disk', what);
  if (kind === EV_DISK_DONE) complete(k, block, id);
  else if (kind === EV_UNPLUG) onUnplugTimer(k, block);
  else if (kind === EV_DRIVE) letDriveGoOn(k, block);
  else if (kind === EV_ELEVATOR) onElevatorTimer(k, block);
  else broken("event # is not the disk's", what);
}

/** blk_plug_device(): nothing is dispatched until something unplugs (R7.3). */
export function plug(k: Kernel, block: BlockState): void {
  const { sim } = k;
  if (block.plugged) return;
  block.plugged = true;
  block.unplugAtNs = sim.nowNs + UNPLUG_DELAY_NS;
  if (block.unplugTimer) return;
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, eventOf(block, EV_UNPLUG), 0);
}

/** One timer event at most: it follows the plug of now instead of being cancelled with each. */
function onUnplugTimer(k: Kernel, block: BlockState): void {
  const { sim } = k;
  block.unplugTimer = false;
  if (!block.plugged) return;
  if (sim.nowNs >= block.unplugAtNs) {
    unplug(k, block);
    return;
  }
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, eventOf(block, EV_UNPLUG), 0);
}

/** queue_should_plug(): waiting for neighbours does not pay where nothing turns and the drive overlaps requests (R7.3). */
export function shouldPlug(k: Kernel, block: BlockState): boolean {
  return !k.devices[block.id]!.nonrot || depthOf(k, block) === 1;
}

/** __generic_unplug_device(): a queue that was not plugged is run only where nothing turns. */
export function unplug(k: Kernel, block: BlockState): void {
  if (!block.plugged && !k.devices[block.id]!.nonrot) return;
  block.plugged = false;
  dispatch(k, block);
}

/** How many requests the disk has at once: one, or what the host lets it overlap (R7.4, R7.10, R7.18). */
export function depthOf(k: Kernel, block: BlockState): number {
  return Math.min(k.devices[block.id]!.channels, k.sysctl.ncqDepth);
}

/** scsi_request_fn(): the disk is given requests until it has as many as it takes, or the elevator gives none (I15). */
export function dispatch(k: Kernel, block: BlockState): void {
  const drive = driveOf(k, block);
  const device = k.devices[block.id]!;
  const elevator = k.call.elevator(k);
  while (block.inFlight.length < drive.depth && block.arrival.length > 0) {
    const id = elevator.choose(block, k.nowNs, drive);
    if (id === NONE) break;
    takeOut(block, id);
    issue(k, block, device, id);
  }
  setElevatorTimer(k, block, elevator);
}

const DRIVE = { nonrot: false, depth: 1 };
/** What the elevator is told of the drive. */
function driveOf(k: Kernel, block: BlockState): Drive {
  DRIVE.nonrot = k.devices[block.id]!.nonrot;
  DRIVE.depth = depthOf(k, block);
  return DRIVE;
}

/** elevator_add_req_fn: __blk_run_queue() if the elevator wants the request on the disk at once. */
export function tellElevator(k: Kernel, block: BlockState, id: number): void {
  const elevator = k.call.elevator(k);
  if (elevator.added === undefined || !elevator.added(block, id, k.nowNs, driveOf(k, block))) return;
  block.plugged = false;
  dispatch(k, block);
}

/** One timer event at most, as for the plug. */
function setElevatorTimer(k: Kernel, block: BlockState, elevator: Elevator): void {
  if (elevator.timerNs === undefined || block.elevatorTimer) return;
  const dueNs = elevator.timerNs(block);
  if (dueNs === 0) return;
  block.elevatorTimer = true;
  pushEvent(k.sim.queue, Math.max(dueNs, k.nowNs), eventOf(block, EV_ELEVATOR), 0);
}

function onElevatorTimer(k: Kernel, block: BlockState): void {
  block.elevatorTimer = false;
  const elevator = k.call.elevator(k);
  const dueNs = elevator.timerNs?.(block) ?? 0;
  if (dueNs > 0 && dueNs <= k.nowNs) elevator.onTimer?.(block, k.nowNs);
  dispatch(k, block);
}

function issue(k: Kernel, block: BlockState, device: DeviceDriver, id: number): void {
  const { sim } = k;
  const { disk, requests } = block;
  const { sector, sectors, direction } = requests;
  if (block.inFlight.length === 0) block.busySinceNs = sim.nowNs;
  block.inFlight.push(id);
  requests.issuedNs[id] = sim.nowNs;
  countRequest(k, block, id);
  REQUEST.write = direction[id] === WRITE;
  REQUEST.sector = sector[id]!;
  REQUEST.sectors = sectors[id]!;
  const serviceNs = device.serve(disk, REQUEST, sim.nowNs, diskOptions(k));
  requests.seekNs[id] = disk.seekNs;
  requests.rotateNs[id] = disk.rotateNs;
  requests.transferNs[id] = disk.transferNs;
  block.lastSector = sector[id]! + sectors[id]!;
  const by = requests.by[id]!;
  k.trace.emit(TRACE_ID.blockRqIssue, sim.nowNs, 0, block.id, sector[id], sectors[id], direction[id], by);
  pushEvent(sim.queue, sim.nowNs + serviceNs, eventOf(block, EV_DISK_DONE), id);
  if (!block.driveTimer) letDriveGoOn(k, block);
}

/** What the disk is told, filled in anew for each request: no state, only no garbage. */
const REQUEST = { write: false, sector: 0, sectors: 0 };
const OPTIONS = { totalSectors: 0, trackBuffer: false, writeCacheSectors: 0 };

function diskOptions(k: Kernel): DiskOptions {
  OPTIONS.totalSectors = k.m.config.diskSectors;
  OPTIONS.trackBuffer = k.sysctl.trackBuffer;
  OPTIONS.writeCacheSectors = k.sysctl.writeCacheSectors;
  return OPTIONS;
}

/** A drive with a write cache works without being asked (R7.16): seen when its next piece of work begins. */
function letDriveGoOn(k: Kernel, block: BlockState): void {
  const { sim } = k;
  const dueNs = k.devices[block.id]!.goOn(block.disk, sim.nowNs, diskOptions(k));
  block.driveTimer = dueNs < Infinity;
  if (block.driveTimer) pushEvent(sim.queue, dueNs, eventOf(block, EV_DRIVE), 0);
}

/** A request counts when it reaches the disk, for the writer whose bio made it (design.md). */
function countRequest(k: Kernel, block: BlockState, id: number): void {
  const { stat, requests } = block;
  if (requests.direction[id] === WRITE) {
    stat[DISK_STAT.write_requests]!++;
    k.vm[WRITE_REQUESTS_BY[requests.by[id]!]!]!++;
  } else stat[DISK_STAT.read_requests]!++;
  stat[DISK_STAT.sectors]! += requests.sectors[id]!;
  const jump = Math.abs(requests.sector[id]! - block.lastSector);
  if (jump > 0) stat[DISK_STAT.seeks_any]!++;
  if (jump > 128) stat[DISK_STAT.seeks_over_128]!++;
  if (jump > 800) stat[DISK_STAT.seeks_over_800]!++;
}

/** R7.20: the pages in ascending order, then the request, then the next one. The driver's re-run pulls the plug. */
function complete(k: Kernel, block: BlockState, id: number): void {
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
  const { issuedNs, seekNs, rotateNs, transferNs, sector, sectors, direction, by } = block.requests;
  if (nowNs < issuedNs[id]!) broken('the disk was done before it began (I15)');
  stat[DISK_STAT.busy_ns]! += nowNs - block.busySinceNs;
  block.busySinceNs = nowNs;
  stat[DISK_STAT.seek_ns]! += seekNs[id]!;
  stat[DISK_STAT.rotate_ns]! += rotateNs[id]!;
  stat[DISK_STAT.transfer_ns]! += transferNs[id]!;
  k.trace.emit(
    TRACE_ID.blockRqComplete,
    nowNs,
    0,
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
