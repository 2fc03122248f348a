import { assert } from '../../abi/errors.ts';
import { type Pages, SECTORS_PER_PAGE, type Sector } from '../../abi/units.ts';
import { below, type PrngState } from '../sim/prng.ts';
import { NONE } from './page-table.ts';

const SWAPFILE_CLUSTER = 256;

/** The swap area: slot 0 is its header. A slot is in use while a pte or the swap cache refers to it. */
export interface SwapMap {
  readonly sectorsPerPage: Sector;
  readonly slots: Pages;
  readonly disk: number;
  readonly startSector: Sector;
  readonly users: Uint8Array;
  /** Frame of the swap cache page, or NONE. */
  readonly cacheOf: Int32Array;
  /** Content version on disk per slot. */
  readonly diskVersion: Int32Array;
  freeSlots: Pages;
  clusterNext: number;
  clusterNr: number;
  lowestBit: number;
  highestBit: number;
  /** SWP_SOLIDSTATE: seeks are cheap, so a new cluster may be anywhere. */
  solidState: boolean;
}

export function createSwapMap(
  slots: Pages,
  disk: number,
  startSector: Sector,
  sectorsPerPage = SECTORS_PER_PAGE,
): SwapMap {
  return {
    sectorsPerPage,
    slots,
    disk,
    startSector,
    users: new Uint8Array(slots),
    cacheOf: new Int32Array(slots).fill(NONE),
    diskVersion: new Int32Array(slots),
    freeSlots: Math.max(0, slots - 1),
    clusterNext: 1,
    clusterNr: 0,
    lowestBit: 1,
    highestBit: slots - 1,
    solidState: false,
  };
}

export function swapSector(map: SwapMap, slot: number): Sector {
  return map.startSector + slot * map.sectorsPerPage;
}

/** vm_swap_full(): more than half of the slots are in use. */
export function swapFull(map: SwapMap): boolean {
  return map.freeSlots * 2 < map.slots;
}

export function slotIsFree(map: SwapMap, slot: number): boolean {
  return map.users[slot] === 0 && map.cacheOf[slot] === NONE;
}

/**
 * mm/swapfile.c scan_swap_map() (R4.8): slots go out one after the other in clusters of 256. A new cluster is searched from
 * the lowest free slot where seeks cost, from here on and round where they do not. Answers a slot or NONE.
 * @remarks Not modelled: taking back slots that only the swap cache holds when swap is more than half full.
 */
export function allocSwapSlot(map: SwapMap): number {
  if (map.freeSlots === 0) return NONE;
  if (map.clusterNr-- === 0) startCluster(map);
  const slot = firstFree(map, map.clusterNext) ?? firstFree(map, map.lowestBit + 1) ?? firstFree(map, map.lowestBit);
  assert(slot !== undefined, () => `${map.freeSlots} swap slots are free but none is found`);
  map.clusterNext = slot + 1;
  map.freeSlots--;
  if (slot === map.lowestBit) map.lowestBit++;
  if (slot === map.highestBit) map.highestBit--;
  return slot;
}

function startCluster(map: SwapMap): void {
  map.clusterNr = SWAPFILE_CLUSTER - 1;
  if (map.freeSlots < SWAPFILE_CLUSTER) return;
  const from = map.solidState ? map.clusterNext : map.lowestBit;
  map.clusterNext = freeCluster(map, from, map.highestBit) ?? freeCluster(map, map.lowestBit, from - 1) ?? from;
}

/** Start of the first fully free run of 256 slots between two. */
function freeCluster(map: SwapMap, first: number, last: number): number | undefined {
  let run = 0;
  for (let slot = first; slot <= last; slot++) {
    run = slotIsFree(map, slot) ? run + 1 : 0;
    if (run === SWAPFILE_CLUSTER) return slot - SWAPFILE_CLUSTER + 1;
  }
  return undefined;
}

/** swapon() of a disk that does not turn: the first slot is anywhere, which spares the flash (R4.8). */
export function startAnywhere(map: SwapMap, rng: PrngState): void {
  map.solidState = true;
  map.clusterNext = 1 + below(rng, Math.max(1, map.highestBit));
}

function firstFree(map: SwapMap, from: number): number | undefined {
  for (let slot = from; slot <= map.highestBit; slot++) if (slotIsFree(map, slot)) return slot;
  return undefined;
}

/** Called when the last user or the swap cache lets go of a slot. */
export function freeSlotIfUnused(map: SwapMap, slot: number): void {
  if (!slotIsFree(map, slot)) return;
  map.diskVersion[slot] = 0;
  map.freeSlots++;
  if (slot < map.lowestBit) map.lowestBit = slot;
  if (slot > map.highestBit) map.highestBit = slot;
}
