import type { Sockets } from '../machine/sockets.ts';
import { tryToFreeMemCgroupPages, tryToFreePages } from './direct.ts';
import { wakeupKswapd } from './kswapd.ts';

/** What the other rooms call here. */
export const reclaimSockets = { tryToFreePages, tryToFreeMemCgroupPages, wakeupKswapd } satisfies Partial<Sockets>;
