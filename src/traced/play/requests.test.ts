import { expect, test } from 'vitest';
import { at, figure, line, machineOf } from './play.test-double.ts';

const insert = (task: string, us: number, rest: string) => line(task, us, `block_rq_insert: 8,0 ${rest} [x]`);
const issue = (us: number, rest: string) => line('kworker/0:1H-43', us, `block_rq_issue: 8,0 ${rest} [x]`);
const complete = (us: number, rest: string) => line('<idle>-0', us, `block_rq_complete: 8,0 ${rest} [0]`);

test('a request is queued by whoever inserts it, taken by the drive, and told of when it is done', () => {
  const machine = machineOf(
    line('kswapd0-44', 0, 'mm_vmscan_kswapd_wake: nid=0 order=0'),
    insert('kswapd0-44', 10, 'W 4096 () 800 + 8'),
    issue(30, 'W 4096 () 800 + 8'),
    complete(90, 'W () 800 + 8'),
  );
  const { disk } = at(machine, 20).frame;
  expect([[...disk.queueSector], [...disk.queueTask], [...disk.queueNs]]).toEqual([[800], [0], [10_000]]);
  expect(disk.inDrive).toEqual([]);
  expect(at(machine, 50).frame.disk.inDrive).toEqual([
    { sector: 800, sectors: 8, isWrite: true, queuedNs: 10_000, startNs: 30_000, task: 0 },
  ]);
  const { requests, frame } = at(machine, 90);
  expect([...requests.startNs, ...requests.endNs, ...requests.sectors, ...requests.by]).toEqual([30_000, 90_000, 8, 1]);
  expect([...requests.seekNs, frame.disk.headSector]).toEqual([Number.NaN, 808]);
});

test('a busy drive takes nothing: the request waits on, is issued once, and the issue before it was no seek', () => {
  const machine = machineOf(
    insert('dd-1', 0, 'R 4096 () 100 + 8'),
    issue(10, 'R 4096 () 100 + 8'),
    line('dd-1', 20, 'block_rq_requeue: 8,0 R () 100 + 8 [0]'),
    issue(40, 'R 4096 () 100 + 8'),
    complete(60, 'R () 100 + 8'),
    issue(70, 'R 4096 () 108 + 8'),
  );
  expect(at(machine, 15).frame.disk.busy).toBe(false);
  expect(at(machine, 30).frame.disk.queueSector).toHaveLength(1);
  const { requests } = at(machine, 60);
  expect([...requests.startNs]).toEqual([40_000]);
  const end = at(machine, 70);
  expect([figure(end, 'disk_requests'), figure(end, 'disk_seeks_any'), figure(end, 'disk_busy_s')]).toEqual([
    2, 0, 20e-6,
  ]);
});

test('what is merged in front begins earlier; flushes and the second end of a commit are nothing', () => {
  const machine = machineOf(
    insert('dd-1', 0, 'W 4096 () 108 + 8'),
    issue(5, 'FF 0 () 0 + 0'),
    issue(10, 'W 8192 () 100 + 16'),
    complete(15, 'FF () 18446744073709551615 + 0'),
    complete(20, 'W () 100 + 16'),
    complete(21, 'WSM () 100 + 0'),
  );
  const { requests, frame } = at(machine, 21);
  expect([...requests.sector, ...requests.sectors]).toEqual([100, 16]);
  expect([frame.disk.queueSector.length, frame.disk.inDrive.length]).toEqual([0, 0]);
});

test('the disk with the most requests is the first; another begins a row of its own', () => {
  const machine = machineOf(
    line('dd-1', 0, 'block_rq_issue: 254,0 R 1024 () 0 + 2 [dd]'),
    issue(1, 'W 4096 () 8 + 8'),
    issue(2, 'W 4096 () 16 + 8'),
  );
  const { frame } = at(machine, 2);
  expect([frame.disk.name, ...frame.moreDisks.map(({ name }) => name)]).toEqual(['8:0', '254:0']);
  expect(frame.disk.totalSectors).toBe(2 ** 21);
});

test('discards are neither reads nor writes: the drive moves nothing', () => {
  const machine = machineOf(
    insert('fstrim-1', 0, 'DS 1048576 () 500000 + 2048'),
    issue(5, 'DS 1048576 () 500000 + 2048'),
    issue(10, 'W 4096 () 100 + 8'),
    complete(15, 'DS () 500000 + 2048'),
  );
  const end = at(machine, 15);
  expect([figure(end, 'disk_read_requests'), figure(end, 'disk_write_requests')]).toEqual([0, 1]);
  expect(end.frame.disk.queueSector).toHaveLength(0);
});

test('a seek counts by its distance: any, over 128 sectors, over 800', () => {
  const from = (us: number, sector: number) => issue(us, `W 4096 () ${sector} + 8`);
  const seeksOf = (gap: number) => {
    const end = at(machineOf(from(0, 1000), from(10, 1008 + gap)), 10);
    return (['disk_seeks_any', 'disk_seeks_over_128', 'disk_seeks_over_800'] as const).map((name) => figure(end, name));
  };
  expect([0, 128, 129, 800, 801].map(seeksOf)).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 0],
    [1, 1, 1],
  ]);
});
