import type { Bio } from './sockets.ts';

/** A buffered write that waits for its group's turn, with who submitted it. */
export interface HeldBio {
  readonly bio: Bio;
  readonly by: number;
  readonly task: number;
}

/** A memory cgroup's writes to one disk, in front of the disk's queue. */
export interface IoGroup {
  readonly memcg: number;
  /** Pages let through, at a weight of 500: the group with least goes next. */
  virtualTime: number;
  readonly waiting: HeldBio[];
}
