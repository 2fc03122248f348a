import { TRACE_ID } from '../../abi/tracepoints.ts';
import { type BlockState, EV_DISK_DONE, EV_DRIVE, EV_ELEVATOR, eventOf } from '../machine/block-state.ts';
import type { DeviceDriver, DiskOptions } from '../machine/disk.ts';
import { DISK_STAT } from '../machine/disk-stat.ts';
import { type Drive, type Elevator, WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { VM } from '../machine/vmstat.ts';
import { pushEvent } from '../sim/event-queue.ts';
import { takeOut } from './queue.ts';

const WRITE_REQUESTS_BY = [
  VM.write_requests_by_task,
  VM.write_requests_by_kswapd,
  VM.write_requests_by_direct,
  VM.write_requests_by_memcg,
  VM.write_requests_by_flusher,
];

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
export function driveOf(k: Kernel, block: BlockState): Drive {
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

export function onElevatorTimer(k: Kernel, block: BlockState): void {
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
  k.trace.seeks.note(block.id, sector[id]!, sectors[id]!);
  block.lastSector = sector[id]! + sectors[id]!;
  const by = requests.by[id]!;
  k.trace.emit(
    TRACE_ID.blockRqIssue,
    sim.nowNs,
    requests.task[id]!,
    block.id,
    sector[id],
    sectors[id],
    direction[id],
    by,
  );
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
export function letDriveGoOn(k: Kernel, block: BlockState): void {
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
