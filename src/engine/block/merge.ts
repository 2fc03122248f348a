import type { BlockState } from '../machine/block-state.ts';
import { DISK_STAT } from '../machine/disk-stat.ts';
import { type Elevator, READ, sortedFrom, WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { type RequestColumns, sortedAt } from '../machine/requests.ts';
import type { Bio } from '../machine/sockets.ts';
import { takeOlderPlace, takeOut } from './queue.ts';
import { freeRequest } from './request-pool.ts';

const MAX_SECTORS = 1024;
/** One segment per page. */
const MAX_SEGMENTS = 128;

const NO_MERGE = 0;
const BACK_MERGE = 1;
const FRONT_MERGE = 2;

/** Joins the bio to a queued request if one touches it (model.md R7.1). False: it needs a request of its own. */
export function mergeBio(k: Kernel, block: BlockState, bio: Bio, cls: number, task: number): boolean {
  if (block.arrival.length === 0) return false;
  const { requests, lastMerge } = block;
  const elevator = k.call.elevator(k);
  if (lastMerge !== NONE) {
    const how = touches(requests, lastMerge, bio);
    if (how !== NO_MERGE && mayMerge(elevator, block, lastMerge, cls, task)) return grow(k, block, lastMerge, bio, how);
  }
  const direction = bio.write ? WRITE : READ;
  const sorted = block.sorted[direction];
  const at = sortedFrom(block, direction, bio.sector);
  const below = sortedAt(sorted, at - 1);
  if (below !== NONE && touches(requests, below, bio) === BACK_MERGE && mayMerge(elevator, block, below, cls, task))
    return grow(k, block, below, bio, BACK_MERGE);
  const above = sortedAt(sorted, at);
  if (above === NONE || touches(requests, above, bio) !== FRONT_MERGE) return false;
  if (!elevator.frontMerges || !mayMerge(elevator, block, above, cls, task)) return false;
  return grow(k, block, above, bio, FRONT_MERGE);
}

/** elv_rq_merge_ok(): most elevators do not mind. */
function mayMerge(elevator: Elevator, block: BlockState, id: number, cls: number, task: number): boolean {
  return elevator.mayMerge === undefined || elevator.mayMerge(block, id, cls, task);
}

/** elv_try_merge(). */
function touches(requests: RequestColumns, id: number, bio: Bio): number {
  if (requests.direction[id] !== (bio.write ? WRITE : READ) || requests.noMerge[id] !== 0) return NO_MERGE;
  const sector = requests.sector[id]!;
  if (sector + requests.sectors[id]! === bio.sector) return BACK_MERGE;
  return bio.sector + bio.pfns.length * requests.sectorsPerPage === sector ? FRONT_MERGE : NO_MERGE;
}

/** The bio joins the request, and the request perhaps its neighbour. A request too full takes no bio any more. */
function grow(k: Kernel, block: BlockState, id: number, bio: Bio, how: number): boolean {
  const { requests } = block;
  const pages = bio.pfns.length;
  if (!fits(requests, id, pages)) {
    requests.noMerge[id] = 1;
    if (block.lastMerge === id) block.lastMerge = NONE;
    return false;
  }
  requests.sectors[id]! += pages * requests.sectorsPerPage;
  if (how === BACK_MERGE) {
    append(requests.pfns[id]!, bio.pfns);
  } else {
    append(bio.pfns, requests.pfns[id]!);
    requests.pfns[id] = bio.pfns;
    requests.sector[id] = bio.sector;
  }
  block.stat[DISK_STAT.merges]!++;
  block.lastMerge = id;
  const elevator = k.call.elevator(k);
  if (how === BACK_MERGE) mergeRequests(k, block, id, elevator.latter(block, id));
  else mergeRequests(k, block, elevator.former(block, id), id);
  return true;
}

/** attempt_merge(): `upper` joins `lower` if it starts where that ends; its request goes back to the pool. */
function mergeRequests(k: Kernel, block: BlockState, lower: number, upper: number): void {
  const { requests } = block;
  if (lower === NONE || upper === NONE || !canJoin(requests, lower, upper)) return;
  takeOlderPlace(block, lower, upper);
  takeOut(block, upper);
  append(requests.pfns[lower]!, requests.pfns[upper]!);
  requests.sectors[lower]! += requests.sectors[upper]!;
  block.lastMerge = lower;
  freeRequest(k, block, upper);
}

function canJoin(requests: RequestColumns, lower: number, upper: number): boolean {
  const { direction, noMerge, sector, sectors } = requests;
  if (direction[lower] !== direction[upper] || noMerge[lower] !== 0 || noMerge[upper] !== 0) return false;
  return sector[lower]! + sectors[lower]! === sector[upper] && fits(requests, lower, requests.pfns[upper]!.length);
}

function fits(requests: RequestColumns, id: number, pages: number): boolean {
  return (
    requests.sectors[id]! + pages * requests.sectorsPerPage <= MAX_SECTORS &&
    requests.pfns[id]!.length + pages <= MAX_SEGMENTS
  );
}

function append(list: number[], more: readonly number[]): void {
  for (let at = 0; at < more.length; at++) list.push(more[at]!);
}

/** Requests queued or allocated but not on the disk. */
export function queuedRequests(block: BlockState): number {
  return block.count[0] + block.count[1] - block.inFlight.length;
}
