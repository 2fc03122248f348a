import type { FlusherFrame, InodeFrame } from '../abi/look.ts';
import { deviceNumber } from '../abi/tracepoints.ts';
import type { Kernel } from './machine/kernel.ts';
import { FLUSHER, type Task } from './machine/task.ts';
import { type Wb, type WbWork, WORK_ALL, WORK_BACKGROUND, WORK_KUPDATE } from './machine/wb.ts';

/** The flushers with their inode lists (R5.11), and who writes which inode. */
export function flushersOf(k: Kernel): FlusherFrame[] {
  const writers = inodeWriters(k);
  return k.m.wbs.map((wb) => {
    const thread = k.m.sim.threads.find((t) => t.kind === FLUSHER && (t.stack[0] as { wb?: number }).wb === wb.id);
    const inodes = (ids: readonly number[]) => ids.map((id) => inodeOf(k, id, writers));
    return {
      task: thread?.id ?? -1,
      name: thread?.name ?? '',
      disk: deviceNumber(wb.disk, ':'),
      memcg: wb.memcg === 0 ? '' : k.m.memcgs[wb.memcg]!.name,
      work: thread === undefined ? '' : workOf(k, thread as Task),
      waiting: waitingOf(wb),
      bDirty: inodes(wb.bDirty),
      bIo: inodes(wb.bIo),
      bMoreIo: inodes(wb.bMoreIo),
    };
  });
}

function inodeOf(k: Kernel, id: number, writers: ReadonlyMap<number, string>): InodeFrame {
  const { name, dirtyTag, writebackTag, dirtiedWhenNs, underSync } = k.space(id);
  return {
    space: id,
    name,
    dirtyPages: dirtyTag.count,
    writebackPages: writebackTag.count,
    dirtiedWhenNs,
    writer: underSync ? (writers.get(id) ?? '') : '',
  };
}

/** Who stands in writeback_single_inode(), by inode. */
function inodeWriters(k: Kernel): ReadonlyMap<number, string> {
  const writers = new Map<number, string>();
  for (const t of k.m.sim.threads)
    t.fns.forEach((fn, depth) => {
      const frame = t.stack[depth] as { readonly space?: number };
      if (k.sched.table[fn]!.name === 'writeback_single_inode' && frame.space !== undefined)
        writers.set(frame.space, t.letter);
    });
  return writers;
}

function workOf(k: Kernel, t: Task): string {
  const depth = t.fns.findIndex((fn) => k.sched.table[fn]!.name === 'wb_writeback');
  return depth < 0 ? '' : workWords(t.stack[depth] as unknown as WbWork);
}

/** wb_stats' reasons, before the kernel had a word for them. */
function workWords({ kind, nrPages }: WbWork): string {
  if (kind === WORK_BACKGROUND) return 'background: over the background threshold';
  if (kind === WORK_KUPDATE) return 'kupdate: older than dirty_expire_interval';
  if (kind === WORK_ALL) return 'all that is dirty';
  return `${Math.max(0, nrPages)} pages asked for`;
}

const waitingOf = (wb: Wb): string[] => [...wb.works.map(workWords), ...(wb.startAll ? ['all that is dirty'] : [])];
