import type { Sockets } from '../machine/sockets.ts';
import { tryToFreeMemCgroupPages, tryToFreePages } from './direct.ts';
import { wakeupKswapd } from './kswapd.ts';
import { memCgroupHierarchicalReclaim } from './memcg-hierarchy.ts';

/** What the other rooms call here. */
export const reclaimSockets = {
  tryToFreePages,
  tryToFreeMemCgroupPages,
  memCgroupHierarchicalReclaim,
  wakeupKswapd,
} satisfies Partial<Sockets>;
