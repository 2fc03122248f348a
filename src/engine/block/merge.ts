import type { BlockState, Request } from '../machine/block-state.ts';
import { READ, sortedFrom, WRITE } from '../machine/elevator.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import type { Bio } from '../machine/sockets.ts';
import { VM } from '../machine/vmstat.ts';
import { takeOlderPlace, takeOut } from './queue.ts';
import { freeRequest } from './request-pool.ts';

const MAX_SECTORS = 1024;
/** One segment per page. */
const MAX_SEGMENTS = 128;

const NO_MERGE = 0;
const BACK_MERGE = 1;
const FRONT_MERGE = 2;

/** Joins the bio to a queued request if one touches it (model.md R7.1). False: it needs a request of its own. */
export function mergeBio(k: Kernel, bio: Bio, by: number): boolean {
  const { block } = k;
  if (block.arrival.length === 0) return false;
  const last = block.lastMerge;
  if (last !== NONE) {
    const how = touches(block.requests[last]!, bio);
    if (how !== NO_MERGE) return grow(k, block.requests[last]!, bio, by, how);
  }
  const direction = bio.write ? WRITE : READ;
  const sorted = block.sorted[direction];
  const above = sortedFrom(block, direction, bio.sector);
  if (above > 0) {
    const below = block.requests[sorted[above - 1]!]!;
    if (touches(below, bio) === BACK_MERGE) return grow(k, below, bio, by, BACK_MERGE);
  }
  if (above < sorted.length && k.call.elevator(k).frontMerges) {
    const next = block.requests[sorted[above]!]!;
    if (touches(next, bio) === FRONT_MERGE) return grow(k, next, bio, by, FRONT_MERGE);
  }
  return false;
}

/** elv_try_merge(). */
function touches(request: Request, bio: Bio): number {
  if (request.write !== bio.write || request.noMerge) return NO_MERGE;
  if (request.sector + request.sectors === bio.sector) return BACK_MERGE;
  return bio.sector + bio.pfns.length * 8 === request.sector ? FRONT_MERGE : NO_MERGE;
}

/** The bio joins the request, and the request perhaps its neighbour. A request too full takes no bio any more. */
function grow(k: Kernel, request: Request, bio: Bio, by: number, how: number): boolean {
  const { block } = k;
  const pages = bio.pfns.length;
  if (!fits(request, pages)) {
    request.noMerge = true;
    if (block.lastMerge === request.id) block.lastMerge = NONE;
    return false;
  }
  request.sectors += pages * 8;
  request.pagesBy[by]! += pages;
  if (how === BACK_MERGE) {
    append(request.pfns, bio.pfns);
  } else {
    append(bio.pfns, request.pfns);
    request.pfns = bio.pfns;
    request.sector = bio.sector;
  }
  k.vm[VM.disk_merges]!++;
  block.lastMerge = request.id;
  const elevator = k.call.elevator(k);
  if (how === BACK_MERGE) mergeRequests(k, request.id, elevator.latter(block, request.id));
  else mergeRequests(k, elevator.former(block, request.id), request.id);
  return true;
}

/** attempt_merge(): `upper` joins `lower` if it starts where that ends; its request goes back to the pool. */
function mergeRequests(k: Kernel, lowerId: number, upperId: number): void {
  if (lowerId === NONE || upperId === NONE) return;
  const { block } = k;
  const lower = block.requests[lowerId]!;
  const upper = block.requests[upperId]!;
  if (!canJoin(lower, upper)) return;
  takeOlderPlace(block, lower, upper);
  takeOut(block, upper);
  append(lower.pfns, upper.pfns);
  lower.sectors += upper.sectors;
  for (let actor = 0; actor < lower.pagesBy.length; actor++) lower.pagesBy[actor]! += upper.pagesBy[actor]!;
  block.lastMerge = lower.id;
  freeRequest(k, upper);
}

function canJoin(lower: Request, upper: Request): boolean {
  if (lower.write !== upper.write || lower.noMerge || upper.noMerge) return false;
  return lower.sector + lower.sectors === upper.sector && fits(lower, upper.pfns.length);
}

function fits(request: Request, pages: number): boolean {
  return request.sectors + pages * 8 <= MAX_SECTORS && request.pfns.length + pages <= MAX_SEGMENTS;
}

function append(list: number[], more: readonly number[]): void {
  for (let at = 0; at < more.length; at++) list.push(more[at]!);
}

/** Requests queued or allocated but not on the disk. */
export function queuedRequests(block: BlockState): number {
  return block.count[0] + block.count[1] - (block.inFlight === NONE ? 0 : 1);
}
