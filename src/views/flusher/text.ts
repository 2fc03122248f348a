import type { FlusherFrame, InodeFrame } from '../../abi/look.ts';
import type { Ns } from '../../abi/units.ts';
import { group } from '../shared/format.ts';

/** How long an inode has been dirty, s with one decimal: kupdate takes it at dirty_expire_interval. */
export const ageWords = ({ dirtiedWhenNs }: InodeFrame, nowNs: Ns): string =>
  ((nowNs - dirtiedWhenNs) / 1e9).toFixed(1);

export const doingWords = ({ work }: Pick<FlusherFrame, 'work'>): string => work || 'sleeps';

/** "db on 8:0", or the disk alone where one flusher has all inodes. */
export const placeWords = ({ disk, memcg }: Pick<FlusherFrame, 'disk' | 'memcg'>): string =>
  memcg ? `${disk}, group ${memcg}` : disk;

/** Each flusher in sentences: what it does, what waits, what stands on its lists. */
export function flushersText(flushers: readonly FlusherFrame[], nowNs: Ns): string {
  return flushers
    .map((flusher) => {
      const { name, waiting, bDirty, bIo, bMoreIo } = flusher;
      const waits = waiting.length > 0 ? ` Waiting: ${waiting.join('; ')}.` : '';
      const lists = [listText('b_dirty', bDirty, nowNs), listText('b_io', bIo, nowNs)].concat(
        listText('b_more_io', bMoreIo, nowNs),
      );
      const doing = flusher.work ? `works on ${flusher.work}` : 'sleeps';
      return `${name || 'A flusher without a thread'} (${placeWords(flusher)}) ${doing}.${waits} ${lists.join(' ')}`;
    })
    .join(' ');
}

function listText(list: string, inodes: readonly InodeFrame[], nowNs: Ns): string {
  if (inodes.length === 0) return `${list} is empty.`;
  const words = inodes.map((inode) => {
    const { name, dirtyPages, writebackPages, writer } = inode;
    const holder = writer ? `, ${writer} holds I_SYNC` : '';
    return `${name} ${group(dirtyPages)} dirty, ${group(writebackPages)} being written, ${ageWords(inode, nowNs)} s old${holder}`;
  });
  return `${list}, newest first: ${words.join('; ')}.`;
}
