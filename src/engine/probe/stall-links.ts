import type { Stall, StallLink, StallReason } from '../../abi/stall.ts';
import type { Ns } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { WAIT_CONGESTION, WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK, WAIT_REQUEST, WAIT_TIMER } from '../machine/waits.ts';
import { WAKE_NS } from '../sim/scheduler.ts';
import type { DiskLog } from './disk-log.ts';
import { ms } from './request-words.ts';
import type { Sleep, SleepLog } from './sleep-log.ts';

/** More waits than that are not read one by one: the shorter ones are told together. */
const WAITS_MOST = 12;
const RUNNING = 'running';

/** What a stretch of a task's time went to: its waits in order, and the rest, in which it ran. They add up to the stretch. */
export function linksOf(k: Kernel, task: number, fromNs: Ns, toNs: Ns, log: SleepLog, disks: DiskLog): StallLink[] {
  const sleeps = (log.of[task] ?? []).filter((sleep) => sleep.fromNs >= fromNs && sleep.toNs <= toNs);
  const ranks = sleeps.map(lasted).sort((a, b) => b - a);
  const least = ranks[WAITS_MOST - 1] ?? 0;
  const told = sleeps.filter((sleep) => lasted(sleep) >= least).slice(0, WAITS_MOST);
  const links = told.map((sleep) => linkOf(k, sleep, log, disks));
  const rest = sleeps.filter((sleep) => !told.includes(sleep));
  const restNs = rest.reduce((sum, sleep) => sum + lasted(sleep), 0);
  if (restNs > 0)
    links.push({
      atNs: rest[0]!.fromNs,
      ns: restNs,
      what: `${rest.length} shorter waits`,
      says: wordsOf(rest),
      because: [],
    });
  const ranNs = toNs - fromNs - links.reduce((sum, { ns }) => sum + ns, 0);
  return [
    ...links,
    { atNs: fromNs, ns: ranNs, what: RUNNING, says: 'scans and judges pages, submits bios', because: [] },
  ];
}

const lasted = ({ fromNs, toNs }: Sleep): Ns => toNs - fromNs;

const wordsOf = (sleeps: readonly Sleep[]): string => [...new Set(sleeps.map(({ what }) => what))].join(', ');

/** Where most of the time went. */
export function reasonOf(links: Stall['links']): string {
  const byWhat = new Map<string, Ns>();
  for (const { what, ns } of links) byWhat.set(what, (byWhat.get(what) ?? 0) + ns);
  return [...byWhat].reduce((most, one) => (one[1] > most[1] ? one : most), ['', -1])[0];
}

function linkOf(k: Kernel, sleep: Sleep, log: SleepLog, disks: DiskLog): StallLink {
  const { fromNs, toNs, what, disk, page } = sleep;
  const isOfDisk = disk !== NONE && sleep.waitKind !== WAIT_TIMER;
  const ended = isOfDisk ? disks.endedBy(disk, toNs) : undefined;
  const isEnd = ended !== undefined && ended.toNs === toNs - WAKE_NS;
  const because: StallReason[] = [...sleep.causes, ...holderOf(k, sleep, log)];
  if (isEnd) because.push({ atNs: ended.fromNs, says: `ended by the ${ended.says}` });
  else if (sleep.waitKind === WAIT_CONGESTION) because.push({ atNs: toNs, says: 'ended by the clock' });
  return {
    atNs: fromNs,
    ns: toNs - fromNs,
    what,
    says: saysOf(k, sleep),
    because,
    ...(isOfDisk ? { disk: disks.share(disk, fromNs, toNs) } : {}),
    ...(page === undefined ? {} : { page }),
  };
}

function saysOf(k: Kernel, { waitKind, pageSays, heldBy, stack }: Sleep): string {
  switch (waitKind) {
    case WAIT_REQUEST:
      return `the disk's queue has no free request for ${pageSays || 'its bio'}`;
    case WAIT_CONGESTION:
      return 'a nap until a request is freed, at most HZ/10';
    case WAIT_PAGE_WRITEBACK:
      return `until ${pageSays || 'the page'} is written`;
    case WAIT_PAGE_LOCK:
      return heldBy === NONE ? `${pageSays} is being read` : `${k.task(heldBy).name} holds the lock of ${pageSays}`;
    case WAIT_TIMER:
      return stack.includes('balance_dirty_pages') ? 'too much is dirty: it has to pause' : 'the clock';
    default:
      return `in ${stack[1] ?? 'the kernel'}`;
  }
}

/** Whoever holds the lock: what kept it from giving it up. */
function holderOf(k: Kernel, { heldBy, fromNs, toNs }: Sleep, log: SleepLog): StallReason[] {
  if (heldBy === NONE) return [];
  const overlap = (sleep: Sleep): Ns => Math.min(sleep.toNs, toNs) - Math.max(sleep.fromNs, fromNs);
  const slept = (log.of[heldBy] ?? []).filter((sleep) => overlap(sleep) > 0);
  if (slept.length === 0) return [];
  const longest = slept.reduce((most, one) => (overlap(one) > overlap(most) ? one : most));
  return [
    { atNs: longest.fromNs, says: `${k.task(heldBy).name} slept ${ms(overlap(longest))} ms of it in ${longest.what}` },
  ];
}
