import type { BlockState } from '../machine/block-state.ts';
import type { IoGroup } from '../machine/io-group.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Bio } from '../machine/sockets.ts';
import { ASYNC } from '../machine/waits.ts';

/** Asynchronous requests let into the disk's queue at a time: enough to sort, few enough to choose by weight (assumed). */
const IO_THROTTLE = 32;
/** Bios that a group may have waiting: its own nr_requests. */
const NR_GROUP_BIOS = 128;
/** blkio.weight of every group but the one that memcg.io_weight is for. */
const DEFAULT_WEIGHT = 500;

/**
 * The gate in front of a disk's queue where buffered writes are tracked by group: a queue of bios per memory cgroup, let
 * through in proportion to the groups' weights (history.md §5.2: page tracking and asynchronous queues of "blkiocg async
 * support", the gate of dm-ioband). Each group has bios of its own to wait with, so one cannot eat the requests of the
 * others. Reads and synchronous writes go past it: the elevator prefers them anyway.
 */
export function groupOf(k: Kernel, block: BlockState, bio: Bio): IoGroup | undefined {
  if (block.ioGroups.length === 0 || !bio.write || bio.sync) return undefined;
  if (!k.policy.memcgCleaner.groupsRequests) return undefined;
  return block.ioGroups[k.pages.columns.memcg[bio.pfns[0]!]!];
}

/** The group has no bio left to wait with: the submitter sleeps. */
export function isGroupFull({ waiting }: IoGroup): boolean {
  return waiting.length >= NR_GROUP_BIOS;
}

/** The bio waits its turn. A group that was idle has no claim on the time it did not use. */
export function holdBio(block: BlockState, group: IoGroup, bio: Bio, by: number, task: number): void {
  if (group.waiting.length === 0) group.virtualTime = Math.max(group.virtualTime, leastVirtualTime(block));
  group.waiting.push({ bio, by, task });
}

function leastVirtualTime({ ioGroups }: BlockState): number {
  let least = Infinity;
  for (const { waiting, virtualTime } of ioGroups) if (waiting.length > 0) least = Math.min(least, virtualTime);
  return least === Infinity ? 0 : least;
}

/** The group whose turn it is, if the queue has room: the one that has had least for its weight. */
export function nextGroup(block: BlockState): IoGroup | undefined {
  if (block.count[ASYNC] >= IO_THROTTLE) return undefined;
  let next: IoGroup | undefined;
  for (const group of block.ioGroups)
    if (group.waiting.length > 0 && (next === undefined || group.virtualTime < next.virtualTime)) next = group;
  return next;
}

/** The bio's pages are on the group's account. */
export function chargeGroup(k: Kernel, group: IoGroup, bio: Bio): void {
  const weight = group.memcg === 1 ? k.sysctl.memcgIoWeight : DEFAULT_WEIGHT;
  group.virtualTime += (bio.pfns.length * DEFAULT_WEIGHT) / weight;
}
