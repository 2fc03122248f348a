import { describe, expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import { directMayWritepage } from '../machine/policy/writes.ts';
import type { Task } from '../machine/task.ts';
import { type As, type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

/** What a kernel does with two dirty pages of one file, or with two anon pages. */
type Row = Readonly<
  Record<'kswapdFile' | 'directFile' | 'memcgFile' | 'kswapdAnon' | 'directAnon' | 'memcgAnon', string>
>;

/** How the pages went to the disk: one range, single pages when met, single pages after the batch, or not at all. */
function howWritten(rig: Drawn): string {
  if (rig.calls('writepages').length > 0) return 'span';
  if (rig.calls('writepage').length + rig.calls('swap_writepage').length === 0) return 'never';
  return rig.k.task(1).sc.nrScanned > 4 || (rig.calls('writepage').length > 0 && rig.k.task(1).sc.nrScanned > 2)
    ? 'batch'
    : 'page';
}

function metBy(kernel: string, as: As, anon: boolean): string {
  const drawn = anon ? 'inactive_anon: b& a&' : 'inactive_file: b/A:3!& a/A:1!&';
  const rig = machineFromText(`free 4\n memcg tiny 99\n ${drawn}`, { kernel });
  rig.run(as, (k, t) => shrinkInactiveList(k, t, 1, !anon));
  return howWritten(rig);
}

const ALL_PAGE = {
  kswapdFile: 'page',
  directFile: 'page',
  memcgFile: 'page',
  kswapdAnon: 'page',
  directAnon: 'page',
  memcgAnon: 'page',
} satisfies Row;
const NO_DIRECT = { directFile: 'never', directAnon: 'never' } as const;
const NO_MEMCG = { memcgFile: 'never', memcgAnon: 'never' } as const;
const SPAN = { kswapdFile: 'span', kswapdAnon: 'batch' } as const;

/** Model.md §8.8 and history.md §1.4, row by row; the memcg columns are the hard limit. */
const MATRIX: Readonly<Record<string, Row>> = {
  'v2.6.35-rc2': ALL_PAGE,
  'chinner-2010': { ...ALL_PAGE, ...NO_DIRECT, ...NO_MEMCG },
  'v2.6.36': ALL_PAGE,
  'rfc-v1-p5': { ...SPAN, directFile: 'span', directAnon: 'batch', memcgFile: 'span', memcgAnon: 'batch' },
  'rfc-v1': { ...SPAN, ...NO_DIRECT, ...NO_MEMCG },
  'rfc-v2': { kswapdFile: 'batch', kswapdAnon: 'batch', memcgFile: 'batch', memcgAnon: 'batch', ...NO_DIRECT },
  'rfc-v3': { ...ALL_PAGE, ...NO_DIRECT },
  'rfc-v4': { ...ALL_PAGE, directFile: 'never', memcgFile: 'never' },
  'rfc-v5': { ...ALL_PAGE, directFile: 'never', memcgFile: 'never' },
  'rfc-v6': { ...ALL_PAGE, directFile: 'never', memcgFile: 'never' },
  'rfc-v6-flush': { ...ALL_PAGE, directFile: 'never', memcgFile: 'never' },
};

describe.each(Object.entries(MATRIX))('who may write what under %s (§8.7, §8.8)', (kernel, row) => {
  test.each(['kswapd', 'direct', 'memcg'] as const)('I19 P6.1 P6.5 as %s, file and anon', (as) => {
    expect([metBy(kernel, as, false), metBy(kernel, as, true)]).toEqual([row[`${as}File`], row[`${as}Anon`]]);
  });
});

/** Soft-limit reclaim: kswapd, on a group's list, with may_writepage as direct reclaim has it. */
function bySoftLimit(kernel: string, historicalBugs: boolean): Drawn {
  const rig = machineFromText('free 4\n memcg tiny 99\n inactive_file: b/A:3!& a/A:1!&', {
    kernel,
    sysctl: { historicalBugs },
  });
  rig.run(
    'kswapd',
    (k, t) => shrinkInactiveList(k, t, 1, true),
    ({ sc }) => {
      Object.assign(sc, { memcg: 1, mayWritepage: directMayWritepage(rig.k.policy) });
    },
  );
  return rig;
}

test.each([
  ['v2.6.35-rc2', 'page'],
  ['chinner-2010', 'never'],
  ['rfc-v1-p5', 'span'],
  ['rfc-v1', 'never'],
  ['rfc-v2', 'never'],
  ['rfc-v3', 'never'],
  ['rfc-v4', 'page'],
  ['rfc-v6', 'page'],
])('P6.1 soft-limit reclaim under %s: %s', (kernel, expected) => {
  expect(howWritten(bySoftLimit(kernel, false))).toBe(expected);
});

test.each([
  ['rfc-v1', 'b!@& a!@&'],
  ['rfc-v2', 'b!@& a!@&'],
  ['rfc-v3', 'b!& a!&'],
  ['chinner-2010', 'b!& a!&'],
])('B5 B4 P5.2 soft-limit reclaim under %s leaves [%s]: V1 and V2 leak the page locks, V3 does not', (kernel, left) => {
  expect(bySoftLimit(kernel, true).list('inactive_file')).toBe(left);
});

test('P5.2 V2 keeps the leak for memcg hard-limit reclaim in laptop mode, and with the historical bugs off has none', () => {
  const left = (kernel: string, historicalBugs: boolean) => {
    const rig = machineFromText('free 4\n memcg tiny 99\n inactive_file: a!&', {
      kernel,
      sysctl: { historicalBugs, laptopMode: true },
    });
    rig.run('memcg', (k, t) => shrinkInactiveList(k, t, 1, true));
    return rig.list('inactive_file');
  };

  expect([left('rfc-v2', true), left('rfc-v2', false), left('rfc-v3', true)]).toEqual(['a!@&', 'a!&', 'a!&']);
});

test('P5.9 V2 writes single pages in LRU order while the rest of the batch is locked: B4 on only', () => {
  const lockedAtWrites = (historicalBugs: boolean) => {
    const rig = machineFromText('free 4\n inactive_file: c/C! b/B! a/A!', {
      kernel: 'rfc-v2',
      sysctl: { historicalBugs },
    });
    const { writepage } = rig.k.call;
    const locked: string[] = [];
    Object.assign(rig.k.call, {
      writepage: (k: Kernel, t: Task, pfn: number) => {
        locked.push(['a', 'b', 'c'].filter((name) => k.pages.isLocked(rig.pfn(name))).join(''));
        return writepage(k, t, pfn);
      },
    });
    rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, true));
    expect(rig.calls('writepage')).toEqual(['a', 'b', 'c']);
    return locked;
  };

  expect(lockedAtWrites(true)).toEqual(['abc', 'bc', 'c']);
  expect(lockedAtWrites(false)).toEqual(['a', 'b', 'c']);
});
