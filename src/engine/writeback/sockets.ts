import type { Sockets } from '../machine/sockets.ts';
import { balanceDirtyPagesRatelimited } from './balance.ts';
import { syncInode } from './sync-inode.ts';
import { throttleVmWriteout } from './throttle.ts';
import { wakeupFlusherThreads } from './works.ts';
import { writeCachePages } from './write-cache-pages.ts';

/** What the other rooms call here. */
export const writebackSockets = {
  balanceDirtyPagesRatelimited,
  throttleVmWriteout,
  wakeupFlusherThreads,
  writeCachePages,
  syncInode,
} satisfies Partial<Sockets>;
