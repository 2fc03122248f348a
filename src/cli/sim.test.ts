import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { GOLDEN } from '../abi/golden.ts';
import { METRICS } from '../abi/metrics.ts';
import { MODEL_VERSION } from '../abi/scenario.ts';
import { Engine } from '../engine/engine.ts';
import { SCENES } from '../scenarios/registry.ts';
import { type Answer, captured } from './captured.test-double.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'reclaimscope-'));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const subfolder = (name: string): string => {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

/** What the shell sees. */
function shell(...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/sim.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { code: status ?? -1, out: stdout, errors: stderr };
}

/** The same without a process of its own. */
const sim = captured((run) => import(/* @vite-ignore */ `./sim.ts?run=${run}`));

interface Json {
  readonly runs: readonly {
    readonly machine: string;
    readonly kernel: string;
    readonly hash: string;
    readonly stopped?: string;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
}

const ROWS = METRICS.map(({ name }) => name as string);
const byTable = (left: string, right: string) => ROWS.indexOf(left) - ROWS.indexOf(right);

describe('through the shell', () => {
  test('a golden run as JSON: exit 0, the schema of design.md exactly', () => {
    const { untilS, A, B } = GOLDEN['dd-stream']!;
    const { code, out, errors } = shell('dd-stream', '--until', String(untilS), '--format', 'json', '--check');
    expect([code, errors]).toEqual([0, '']);
    const json = JSON.parse(out) as Json & Record<string, unknown>;
    expect(Object.keys(json)).toEqual(['model', 'scenario', 'seed', 'until_s', 'runs']);
    expect({ ...json, runs: json.runs.length }).toEqual({
      model: MODEL_VERSION,
      scenario: 'dd-stream',
      seed: 1,
      until_s: untilS,
      runs: 2,
    });
    expect(json.runs.map(({ machine, kernel, hash }) => ({ machine, kernel, hash }))).toEqual([
      { machine: 'A', kernel: 'v2.6.35-rc2', hash: A },
      { machine: 'B', kernel: 'rfc-v1', hash: B },
    ]);
    const names = new Set<string>(METRICS.map(({ name }) => name));
    for (const run of json.runs) {
      expect(Object.keys(run)).toEqual(['machine', 'kernel', 'hash', 'metrics']);
      for (const [name, value] of Object.entries(run.metrics)) {
        expect([name, names.has(name), typeof value, Number.isFinite(value)]).toEqual([name, true, 'number', true]);
      }
      // What this run cannot have is absent, never 0: no huge pages, no groups.
      const cannot = /^huge_|^memcg_|_memcg$|^memcg\./;
      expect(Object.keys(run.metrics).filter((name) => cannot.test(name))).toEqual([]);
      expect(run.metrics.invariant_checks).toBeGreaterThan(1000);
      expect(run.metrics.elapsed_s).toBe(untilS);
    }
  });

  test('a lock cycle is a result: exit 0, `stopped` for A alone', () => {
    const { code, out, errors } = shell('lock-cycle', '--until', '5', '--format', 'json');
    expect([code, errors]).toEqual([0, '']);
    const { runs } = JSON.parse(out) as Json;
    expect(runs[0]!.stopped).toMatch(/^page locks wait in a cycle: .+ waits for page \d+ of data-\d/);
    expect('stopped' in runs[1]!).toBe(false);
  });

  test('bad input: exit 2, one line on stderr, nothing on stdout', () => {
    const { code, out, errors } = shell('dd-stram');
    expect([code, out]).toEqual([2, '']);
    expect(errors).toBe(`There is no scene "dd-stram"; allowed: ${SCENES.map(({ id }) => id).join(', ')}.\n`);
  });
});

describe('what it prints', () => {
  test('--list as text and as JSON', async () => {
    const text = await sim('--list');
    expect([text.code, text.errors]).toEqual([0, '']);
    const json = JSON.parse((await sim('--list', '--format', 'json')).out) as {
      scenes: { id: string; title: string }[];
      kernels: { id: string; title: string }[];
    };
    expect(json.scenes).toEqual(SCENES.map(({ id, title }) => ({ id, title })));
    expect(json.kernels).toEqual(Engine.describe().kernels.map(({ id, title }) => ({ id, title })));
    for (const { id, title } of [...json.scenes, ...json.kernels])
      expect(text.out).toMatch(new RegExp(`^ +${id} +${title.replace(/[?()]/g, '\\$&')}$`, 'm'));
  });

  test('--print SCENE is a scenario file that runs to the scene’s own hashes', async () => {
    for (const { id } of SCENES.slice(0, 3)) {
      const printed = await sim('--print', id);
      expect([printed.code, printed.errors]).toEqual([0, '']);
      const path = file(`${id}.json`, printed.out);
      const run = await sim(path, '--until', '2', '--format', 'json');
      const again = await sim(id, '--until', '2', '--format', 'json');
      expect([run.code, run.out]).toEqual([0, again.out]);
      expect((await sim('--print', path)).out).toBe(printed.out);
    }
  });

  test('--format csv: a header and one row per metric, empty where a run has none', async () => {
    const args = ['lock-cycle', '--until', '6', '--format'];
    const { runs } = JSON.parse((await sim(...args, 'json')).out) as Json;
    const { code, out } = await sim(...args, 'csv');
    expect(code).toBe(0);
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head).toBe('metric,A,B');
    const cells = Object.fromEntries(rows.map((row) => [row.split(',')[0]!, row.split(',').slice(1)]));
    expect(Object.keys(cells)).toEqual([...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))].sort(byTable));
    for (const [name, values] of Object.entries(cells)) {
      expect([name, ...values]).toEqual([
        name,
        ...runs.map(({ metrics }) => (name in metrics ? String(metrics[name]) : '')),
      ]);
    }
    expect(out).not.toMatch(/NaN|Infinity|undefined|huge_/);
  });

  test('--a, --b, --seed and --set reach the run; a. and b. only their machine', async () => {
    const runsOf = async (...args: string[]) =>
      (JSON.parse((await sim('dd-stream', '--until', '1', '--format', 'json', ...args)).out) as Json & { seed: number })
        .runs;
    const [a, b] = await runsOf('--a', 'rfc-v1', '--b', 'rfc-v1');
    expect([a!.kernel, b!.kernel]).toEqual(['rfc-v1', 'rfc-v1']);
    expect(a!.hash).toBe(b!.hash);
    const [a2, b2] = await runsOf('--a', 'rfc-v1', '--b', 'rfc-v1', '--set', 'b.vm.dirty_ratio=40');
    expect([a2!.hash === a!.hash, b2!.hash === b!.hash]).toEqual([true, false]);
    const [a3, b3] = await runsOf(
      '--a',
      'rfc-v1',
      '--b',
      'rfc-v1',
      '--set',
      'a.vm.dirty_ratio=40',
      '--set',
      'b.vm.dirty_ratio=40',
    );
    expect([a3!.hash, b3!.hash]).toEqual([b2!.hash, b2!.hash]);
    const [a4, b4] = await runsOf('--a', 'rfc-v1', '--b', 'rfc-v1', '--set', 'vm.dirty_ratio=40');
    expect([a4!.hash, b4!.hash]).toEqual([b2!.hash, b2!.hash]);
    const seeded = JSON.parse(
      (await sim('seeky-vs-range', '--until', '1', '--seed', '7', '--format', 'json')).out,
    ) as Json & { seed: number };
    expect(seeded.seed).toBe(7);
  });

  test('--trace writes the run of the machine that is named, in the format that is named, and changes nothing of it', async () => {
    const path = join(folder, 'events.txt');
    const run = async (...args: string[]) => {
      const { code, out } = await sim('seeky-vs-range', '--until', '9', '--format', 'json', ...args);
      expect(code).toBe(0);
      return (JSON.parse(out) as Json).runs;
    };
    const plain = await run();
    const traced = await run('--trace', path);
    expect(traced).toEqual(plain);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('# tracer: nop');
    const count = (event: string) => lines.filter((line) => line.includes(`: ${event}: `)).length;
    expect(count('mm_vmscan_wakeup_kswapd')).toBe(plain[0]!.metrics.kswapd_wake_requests);
    expect(count('mm_vmscan_direct_reclaim_begin')).toBe(plain[0]!.metrics.direct_reclaims);

    await run('--trace', path, '--trace-machine', 'B', '--trace-format', 'vmstat-after');
    const vmstat = new Map(
      readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    );
    expect(Number(vmstat.get('allocstall'))).toBe(plain[1]!.metrics.direct_reclaims);
    expect(Number(vmstat.get('pgscan_kswapd_normal'))).toBe(plain[1]!.metrics.kswapd_pages_scanned);
  });

  test('--postprocess writes the script’s summary; where nothing is lost it agrees with the counters, but for its quirks', async () => {
    const path = join(folder, 'summary.txt');
    const { out } = await sim('seeky-vs-range', '--until', '9', '--postprocess', path, '--format', 'json');
    const { metrics } = (JSON.parse(out) as Json).runs[0]!;
    const text = readFileSync(path, 'utf8');
    const row = (label: string) => Number(new RegExp(`^${label}: +([0-9.]+)`, 'm').exec(text)![1]);

    expect(text).toMatch(/^Reclaim latencies expressed as/);
    expect(row('Kswapd pages scanned')).toBe(metrics.kswapd_pages_scanned);
    expect(row('Kswapd wakeups')).toBe(metrics.kswapd_wakeups);
    expect(row('Kswapd reclaim write file async I/O')).toBe(metrics.kswapd_write_file_async);
    expect(row('Direct reclaims')).toBe(metrics.direct_reclaims);
    expect(row('Wake kswapd requests')).toBeLessThanOrEqual(metrics.kswapd_wake_requests!);
  });

  test('the table names both machines, hashes and notes', async () => {
    const { out } = await sim('recorded', '--until', '2');
    expect(out).toMatch(/A v2\.6\.35-rc2 {2}hash [0-9a-f]{16}/);
    expect(out).toMatch(
      /mmap-dd: 6502 accesses; left out: 51 lines of kworker and jbd2, 28 of metadata, 0 not understood/,
    );
    expect(out).toMatch(/dirty_laps_max +0 +0 +=/);
  });
});

describe('bad input of every kind: exit 2, exactly one clear line on stderr, nothing on stdout', () => {
  const scenario = (change: object) => JSON.stringify({ ...SCENES[1]!, ...change });
  const gzip = readFileSync(`${ROOT}public/recordings/mmap-dd/trace-rw.txt.gz`);
  const binary = Uint8Array.from({ length: 5000 }, (_, at) => (at * 151) & 0xff);
  const cases: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['no scene at all', () => [], /name a scene/],
    ['unknown scene', () => ['nope'], /no scene "nope"; allowed: seeky-vs-range/],
    ['two scenes', () => ['reader', 'dd-stream'], /one scene at a time/],
    ['unknown kernel', () => ['reader', '--a', '2.6.99'], /no kernel "2\.6\.99"; allowed: .*v2\.6\.35-rc2, .*v6\.1\./],
    ['unknown kernel for B', () => ['reader', '--b', 'x'], /no kernel "x"/],
    [
      'unknown knob',
      () => ['reader', '--set', 'vm.nope=1'],
      /no knob "vm\.nope"; allowed: vm\.dirty_ratio, [vm._a-z, ]+vm\.laptop_mode\./,
    ],
    [
      'a knob of no kind',
      () => ['reader', '--set', 'nope=1'],
      /no knob "nope"; allowed: names that begin with policy\., /,
    ],
    ['knob of another workload', () => ['reader', '--set', 'workload.limit_mib=1'], /no knob "workload\.limit_mib"/],
    ['knob without a value', () => ['reader', '--set', 'vm.dirty_ratio'], /path=value/],
    [
      'value out of range',
      () => ['reader', '--set', 'vm.dirty_ratio=101'],
      /vm\.dirty_ratio is 101; it must be a number from 0 to 100/,
    ],
    [
      'a disk too small for a file',
      () => ['sysbench', '--set', 'workload.scale=1', '--set', 'disk.size_gib=4'],
      /disk\.size_gib: "[^"]+" would end at \d+\.\d\d of \d+\.\d\d GiB\./,
    ],
    [
      'a disk too small for the swap area',
      () => ['memcg-anon', '--set', 'machine.swap_mib=2048', '--set', 'disk.size_gib=1'],
      /disk\.size_gib: the swap area does not fit on it\./,
    ],
    ['value that is no number', () => ['reader', '--set', 'b.vm.dirty_ratio=many'], /vm\.dirty_ratio is many/],
    ['value that is NaN', () => ['reader', '--set', 'vm.dirty_ratio=NaN'], /vm\.dirty_ratio is NaN/],
    ['unknown option', () => ['reader', '--fast'], /no option "--fast"/],
    ['option without its value', () => ['reader', '--seed'], /--seed: needs a value/],
    ['unknown format', () => ['reader', '--format', 'xml'], /no format "xml"; allowed: table, json, csv, mmtests/],
    [
      'unknown trace format',
      () => ['reader', '--trace', 'x', '--trace-format', 'pcap'],
      /no trace format "pcap"; allowed: ftrace, ftrace-3\.2, ftrace-6\.1, blkparse, chrome, stalls/,
    ],
    ['machine that is none', () => ['reader', '--trace-machine', 'C'], /no machine "C"; allowed: A, B/],
    ['seed that is no whole number', () => ['reader', '--seed', '1.5'], /--seed is 1\.5; it must be a whole number/],
    ['seed too large', () => ['reader', '--seed', '4294967296'], /--seed is 4294967296/],
    ['negative time', () => ['reader', '--until', '-1'], /--until is -1/],
    ['time that is no number', () => ['reader', '--until', 'soon'], /--until is soon/],
    ['missing scenario file', () => [join(folder, 'none.json')], /none\.json: there is no such file/],
    ['a folder for a scenario', () => [subfolder('d.json')], /d\.json: it cannot be read/],
    ['empty scenario', () => [file('empty.json', '')], /empty\.json: the file is empty/],
    [
      'broken JSON',
      () => [file('broken.json', '{"format": "reclaimscope-scenario", ')],
      /broken\.json.*(JSON|line|column)/i,
    ],
    [
      'wrong version',
      () => [file('version.json', scenario({ version: 2 }))],
      /version 2; this program reads version 1/,
    ],
    ['field of the wrong type', () => [file('type.json', scenario({ seed: 'one' }))], /seed/],
    ['field missing', () => [file('missing.json', scenario({ workload: undefined }))], /workload/],
    ['unknown field', () => [file('more.json', scenario({ extra: 1 }))], /extra/],
    ['unknown workload', () => [file('workload.json', scenario({ workload: 'none' }))], /no workload "none"/],
    [
      'input of a knob that cannot be turned',
      () => [
        file('boot.json', scenario({ inputs: [{ atNs: 1, machine: 'both', path: 'machine.memory_mib', value: 64 }] })),
      ],
      /machine\.memory_mib/,
    ],
    [
      'input out of range',
      () => [file('input.json', scenario({ inputs: [{ atNs: 1, machine: 'A', path: 'vm.swappiness', value: 1000 }] }))],
      /vm\.swappiness is 1000/,
    ],
    ['binary scenario', () => [file('binary.json', binary)], /binary\.json/],
    [
      'workload that is not there',
      () => ['recorded', '--workload', join(folder, 'no-folder')],
      /no-folder: there is no such file/,
    ],
    ['binary workload', () => ['recorded', '--workload', file('trace.txt', binary)], /trace\.txt: a binary file/],
    [
      'truncated workload',
      () => ['recorded', '--workload', file('trace-rw.txt.gz', gzip.subarray(0, 20000))],
      /trace-rw\.txt\.gz: the file is cut off or damaged/,
    ],
    ['empty workload', () => ['recorded', '--workload', file('none.txt', '')], /none\.txt: the file is empty/],
    [
      'workload without an event',
      () => ['recorded', '--workload', file('poem.txt', 'the quick brown fox\n'.repeat(1000))],
      /no line is an event/,
    ],
    ['workload for a scene that replays none', () => ['reader', '--workload', folder], /"reader" replays nothing/],
    [
      'trace file that cannot be written',
      () => ['reader', '--until', '0.1', '--trace', join(folder, 'no', 'where.txt')],
      /where\.txt: cannot be written/,
    ],
    ['unknown scene to print', () => ['--print', 'nope'], /no scene "nope"/],
  ];
  test.each(cases)('%s', async (_name, args, sentence) => {
    const { code, out, errors } = await sim(...args());
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(sentence);
    expect(errors).toMatch(/^[^\n]+\.\n$/); // one line, a sentence
    expect(errors.length).toBeLessThan(2500);
    expect(errors).not.toMatch(/undefined|\[object|at .*\.ts:\d/);
  });

  test('100 MB of junk, as a scenario, as text and as bytes of a workload', async () => {
    const junk = Buffer.alloc(100e6, 'all work and no play makes a dull trace\n');
    const text = file('junk.txt', junk);
    const json = file('junk.json', junk);
    const bytes = file('junk.bin', Buffer.alloc(100e6, binary));
    for (const args of [[json], ['recorded', '--workload', text], ['recorded', '--workload', bytes]]) {
      const { code, out, errors } = await sim(...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(errors).toMatch(/^[^\n]+\.\n$/);
    }
  });
});

test('a broken invariant: exit 1 with time, seed, hash and message, nothing on stdout', async () => {
  vi.resetModules();
  vi.doMock('../engine/checks.ts', async () => {
    const { InvariantError } = await import('../abi/errors.ts');
    const check = (k: { nowNs: number }) => {
      if (k.nowNs > 5e8) throw new InvariantError('two and two are five (I99)');
    };
    return { createChecker: () => ({ checksDone: 0, check }) };
  });
  const { code, out, errors } = await sim('dd-stream', '--until', '1', '--seed', '3', '--check', '--format', 'json');
  vi.doUnmock('../engine/checks.ts');
  vi.resetModules();
  expect([code, out]).toEqual([1, '']);
  expect(errors).toMatch(
    /^The simulator broke at 50\d+ ns \(seed 3, hash [0-9a-f]{16}\): two and two are five \(I99\)\.\n$/,
  );
});
