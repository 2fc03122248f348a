import { ACTORS } from '../../abi/actor.ts';
import { gfpText, RECLAIM_WB_FILE, RECLAIM_WB_SYNC, THROTTLE_REASONS } from '../../abi/trace-flags.ts';
import { deviceNumber, type TracepointKey } from '../../abi/tracepoints.ts';

type Args = readonly number[];
type Tell = (args: Args) => string;

const pages = (count = 0): string => (count === 1 ? '1 page' : `${count} pages`);
const order = (n = 0): string => (n === 0 ? '' : ` of order ${n}`);
const frame = (pfn = 0): string => `frame 0x${pfn.toString(16)}`;
const may = (flag = 0): string => (flag ? 'may write pages' : 'may not write pages');
const held = ([dirty, writeback]: Args): string => `${pages(dirty)} dirty, ${writeback} under writeback`;

function isolated(from: string): Tell {
  return ([mode, , requested, scanned, taken, contig, dirty, failed]) => {
    const list = mode === 1 ? 'an active list' : 'an inactive list';
    const did = `isolated ${taken} of ${scanned} scanned of ${list}${from} (asked for ${requested})`;
    return contig || failed ? `${did}; neighbours: ${contig} taken, ${dirty} of them dirty, ${failed} refused` : did;
  };
}

/** `by` is ACTORS' number of whoever's bio made the request. */
function request(verb: string): Tell {
  return ([dev, sector, sectors, write, by]) =>
    `${deviceNumber(dev ?? 0, ':')} ${verb} a ${write ? 'write' : 'read'} of ${sectors} sectors at ${sector}, for ${ACTORS[by ?? 0]}`;
}
const ms = (us = 0): string => (us / 1000).toFixed(1);

const work = (kupdate = 0, background = 0): string =>
  kupdate ? 'what is old' : background ? 'background work' : 'what it was asked for';

/** What an event says, as one would tell it; its thread is the subject. */
const TELL: Readonly<Record<TracepointKey, Tell>> = {
  kswapdSleep: () => 'goes to sleep: the node is balanced',
  kswapdWake: ([, o]) => `wakes to balance the node${order(o)}`,
  wakeupKswapd: ([, , o]) => `finds the zone below low and asks for kswapd${order(o)}`,
  directReclaimBegin: ([o, flag, gfp]) => `enters direct reclaim${order(o)}: ${may(flag)}, ${gfpText(gfp ?? 0)}`,
  directReclaimEnd: ([freed]) => `leaves direct reclaim: ${pages(freed)} freed`,
  memcgReclaimBegin: ([, flag, gfp]) => `is at its group's limit and reclaims: ${may(flag)}, ${gfpText(gfp ?? 0)}`,
  memcgReclaimEnd: ([freed]) => `is done at its group's limit: ${pages(freed)} freed`,
  memcgSoftlimitReclaimBegin: ([o, flag]) => `starts on a group over its soft limit${order(o)}: ${may(flag)}`,
  memcgSoftlimitReclaimEnd: ([freed]) => `is done with the group: ${pages(freed)} freed`,
  lruIsolate: isolated(''),
  memcgIsolate: isolated(' of its group'),
  lruShrinkInactive: ([, , scanned, freed, dirty, writeback, active]) =>
    `has judged ${pages(scanned)}: ${freed} freed, ${dirty} met dirty, ${writeback} under writeback, ${active} to the active list`,
  throttled: ([, , delayed, reason = 0]) =>
    `has stalled for ${ms(delayed)} ms in reclaim_throttle(): ${THROTTLE_REASONS[reason]?.toLowerCase()}`,
  writepage: ([, pfn, flags = 0]) =>
    `hands ${frame(pfn)} to ->writepage: ${flags & RECLAIM_WB_FILE ? 'a file page' : 'an anonymous page'}, ${flags & RECLAIM_WB_SYNC ? 'waits' : 'does not wait'}`,
  rangeWrite: ([inode, first = 0, last = 0, batch]) =>
    `hands ${pages(last - first + 1)} of inode ${inode} to ->writepages, from ${first} on; ${batch} of them are of its batch`,
  writebackExec: ([disk, asked = 0, kupdate, , background]) =>
    `begins with ${work(kupdate, background)} for ${deviceNumber(disk ?? 0, ':')}: ${Number.isFinite(asked) ? pages(asked) : 'no limit'}`,
  writebackPagesWritten: ([written]) => `is done with its work: ${pages(written)} written`,
  blockRqInsert: ([dev, sector, sectors, write]) =>
    `queues a ${write ? 'write' : 'read'} of ${sectors} sectors at ${sector} for ${deviceNumber(dev ?? 0, ':')}`,
  blockRqIssue: request('starts'),
  blockRqComplete: (args) =>
    `${request('has finished')(args)}: ${ms(args[5])} ms seek, ${ms(args[6])} rotate, ${ms(args[7])} transfer`,
  balanceDirtyBegin: (args) => `is over the dirty limit and held: ${held(args)}`,
  balanceDirtyEnd: (args) => `may dirty again: ${held(args)}`,
  oomKill: ([victim, memcg, vm]) =>
    `is out of memory${memcg ? ' in its group' : ''}: kills thread ${victim}, ${pages(vm)} big`,
  knobTurned: () => 'a knob was turned',
};

export const inWords = (key: TracepointKey, args: Args): string => TELL[key](args);
