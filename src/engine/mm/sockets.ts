import type { Sockets } from '../machine/sockets.ts';
import { touchAnon } from './anon-fault.ts';
import { exitTask } from './exit.ts';
import { touchMapped } from './filemap-fault.ts';
import { sysRead } from './filemap-read.ts';
import { sysWrite } from './filemap-write.ts';
import { allocPages } from './page-alloc.ts';
import { sysSelect } from './select.ts';
import { truncatePages } from './truncate.ts';

/** What the other rooms and the workloads call here. */
export const mmSockets = {
  sysRead,
  sysWrite,
  sysSelect,
  touchMapped,
  touchAnon,
  truncatePages,
  allocPages,
  exitTask,
} satisfies Partial<Sockets>;
