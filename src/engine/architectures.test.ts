import { expect, test } from 'vitest';
import type { KnobValue } from '../abi/knob.ts';
import { PAGE_BYTES } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { configOf, ENGINE_KNOBS } from './knobs.ts';
import { ARCHITECTURES } from './machine/architecture.ts';
import { copyNs, zeroPageNs } from './machine/costs.ts';
import { inMachinePages, pageOfUnit, unitsOf } from './machine/workload.ts';
import { watermarksOf } from './machine/zone.ts';
import { machineFromText } from './machine-from-text.ts';
import { metric, run, SMALL } from './scene-rig.ts';
import { ratelimitPages } from './writeback/limits.ts';

const initial = Object.fromEntries(ENGINE_KNOBS.map((knob): [string, KnobValue] => [knob.path, knob.initial]));
const configFor = (arch: string, mib: number) =>
  configOf({ ...initial, 'machine.arch': arch, 'machine.memory_mib': mib }, []);

test.each([
  // min_free_kbytes is the same for the same memory; in pages of 64 KiB it is a sixteenth.
  ['x86-64', 64, { min: 256, low: 320, high: 384 }],
  ['x86', 64, { min: 256, low: 320, high: 384 }],
  ['ppc64', 64, { min: 16, low: 20, high: 24 }],
  ['ppc64', 2048, { min: 90, low: 112, high: 135 }],
  ['ppc64-4k', 2048, { min: 1448, low: 1810, high: 2172 }],
])('R1.4 R1.5 the watermarks of %s with %i MiB', (arch, mib, marks) => {
  const { totalPages, pageBytes } = configFor(arch, mib);
  expect(watermarksOf(totalPages, pageBytes)).toEqual(marks);
});

test.each([
  ['x86-64', 64, 512],
  ['x86-64', 2048, 1024],
  ['ppc64', 64, 32],
  ['ppc64', 2048, 64], // 4 MiB
  ['ppc64', 8, 16],
])('R5.6 ratelimit_pages of %s with %i MiB is %i: at most 4 MiB, at least 16 pages', (arch, mib, pages) => {
  const { k } = machineFromText('free 9', { config: configFor(arch, mib) });
  expect(ratelimitPages(k)).toBe(pages);
});

test.each(ARCHITECTURES.map((arch) => [arch.id, arch] as const))(
  'R2.1 R2.7 a huge page of %s is one pageblock',
  (id, arch) => {
    const mib = (arch.pageBytes << arch.pageblockOrder) / 1048576;
    expect(mib).toBe({ 'x86-64': 2, x86: 4, 'x86-pae': 2, ppc64: 16, 'ppc64-4k': 16 }[id]);
    expect(arch.pageblockOrder).toBeLessThan(arch.maxOrder);
    expect(configFor(id, 64).pageblockOrder).toBe(arch.pageblockOrder);
  },
);

test('S3 costs per page grow with the page; part of a page costs no less than 4 KiB do', () => {
  expect([zeroPageNs(PAGE_BYTES), zeroPageNs(65536)]).toEqual([1000, 16000]);
  expect([copyNs(512), copyNs(4096), copyNs(65536)]).toEqual([1000, 1000, 16000]);
});

/** A drawn machine with pages of 64 KiB. */
const bigPages = (drawing: string) =>
  machineFromText(drawing, { config: { pageBytes: 65536, pageblockOrder: 8, maxOrder: 9 }, serviceNs: 1e3 });
const sectorsOf = (bios: readonly string[]) => bios.map((bio) => Number(/\d+/.exec(bio)![0]));

test('R4.5 I14 a page of 64 KiB is 128 sectors, and a bio still holds 1024', () => {
  const rig = bigPages('free 9\n file A 64\n inactive_file: d{20}!');
  rig.run('task', (k, t) => {
    t.wbc.nrToWrite = 1024;
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  expect(sectorsOf(rig.calls('bio'))).toEqual([0, 1024, 2048]);
  expect(rig.vm.pages_written).toBe(20);
});

test('R1.5 readahead stays 128 KiB: two pages of 64 KiB', () => {
  const rig = bigPages('free 64\n file A 64');
  rig.run('task', (k, t) => k.call.sysRead(k, t, rig.space('A'), 0, 65536 * 6));
  expect(rig.calls('bio').map((bio) => bio.split(': ')[1])).toEqual(['A:0 A:1', 'A:2 A:3', 'A:4 A:5', 'A:6 A:7']);
});

test('R3.6 a program writes 4 KiB on every architecture: sixteen of them are one page of 64 KiB, touched sixteen times', () => {
  const rig = bigPages('free 64\n file A 64');
  rig.run('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 0, 4096));
  rig.run('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 4096, 4096));
  expect([rig.list('inactive_file'), rig.list('active_file'), rig.vm.nr_file_dirty]).toEqual(['', 'A:0!', 1]);
});

test('a workload plans in pages of 4 KiB; the machine makes its own of them', () => {
  const plan = {
    spaces: [
      { kind: 0, name: 'f', sizePages: 100, extents: [{ firstIndex: 0, pages: 100, sector: 8 }], hasContent: true },
    ],
    memcgs: [{ name: 'g', limitPages: 512, softLimitPages: 256 }],
    tasks: [],
  };
  expect(inMachinePages(plan, 4096)).toEqual(plan);
  const { spaces, memcgs } = inMachinePages(plan, 65536);
  expect([spaces[0]!.sizePages, spaces[0]!.extents[0]]).toEqual([7, { firstIndex: 0, pages: 7, sector: 8 }]);
  expect(memcgs).toEqual([{ name: 'g', limitPages: 32, softLimitPages: 16 }]);
  const { k, space } = bigPages('free 9\n file A 7');
  expect([unitsOf(k.m.spaces[0]!), pageOfUnit(k, 31), space.name]).toEqual([112, 1, 'space']);
});

test.each(['ppc64', 'ppc64-4k'])('I1 I2 I14 a whole scene on %s keeps every invariant', (arch) => {
  const knobs = { ...SMALL.knobs, 'machine.arch': arch, 'machine.memory_mib': 32, 'workload.stores_per_s': 2000 };
  const { m } = run(seekyVsRange, 1.2, { knobs });
  expect(metric(m, 'pages_written')).toBeGreaterThan(0);
});
