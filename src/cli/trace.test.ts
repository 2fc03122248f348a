import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { captured } from './captured.test-double.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const RUN = `${ROOT}src/formats/trace/fixtures/small-stream-write.txt.gz`;
const folder = mkdtempSync(join(tmpdir(), 'reclaimscope-'));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

const trace = captured((run) => import(/* @vite-ignore */ `./trace.ts?run=${run}`));
type Json = Readonly<Record<string, unknown>>;
const jsonOf = async (path: string): Promise<Json> => JSON.parse((await trace(path, '--format', 'json')).out) as Json;

const LINE =
  '             dd-162     [000] .....     1.000000: mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=9223372036854775807 nr_reclaimed=32 nr_dirty=1 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC';

describe('JSON', () => {
  test('the keys and figures of the summary.json of a recorded run, and the script’s beside them', async () => {
    const ours = await jsonOf(RUN);
    const path = `${ROOT}src/traced/fixtures/small-stream-write.summary.json.gz`;
    const { run, file: name, ...expected } = JSON.parse(gunzipSync(readFileSync(path)).toString()) as Json;
    const { vmstat_delta, crosscheck_notes, crosscheck_with_vmstat, peer, ...figures } = expected;
    expect([run, name]).toEqual(['small-stream-write', 'trace.txt']);
    expect(ours).toMatchObject({ ...figures, run: 'fixtures', file: 'small-stream-write.txt.gz' });
    for (const [key, value] of Object.entries(figures)) expect([key, ours[key]]).toEqual([key, value]);
    const scripts = (json: unknown) => (json as Record<string, { figures: Json }>)['6.12-offline']!.figures;
    expect(scripts(ours.peer)).toEqual(scripts(peer));
    expect(ours.counted_fully).toMatchObject({ 'Wake kswapd requests': 70 });
    const overrun = await jsonOf(`${ROOT}src/formats/trace/fixtures/6.1-overrun.txt.gz`);
    expect([ours.buffer_started_lines, overrun.buffer_started_lines]).toEqual([0, 1]);
  });

  test('a sum beyond 2^53 is a plain integer', async () => {
    const { code, out } = await trace(file('big.txt', `${LINE}\n${LINE}\n`), '--format', 'json');
    expect(code).toBe(0);
    expect(out).toContain('"nr_scanned": 18446744073709551614,');
    expect(() => JSON.parse(out)).not.toThrow();
  });

  test('with /proc/vmstat of before and after beside it: what moved, and how it compares', async () => {
    mkdirSync(join(folder, 'run'));
    const path = file('run/trace.txt', `${LINE.replace('9223372036854775807', '64')}\n`);
    file('run/vmstat-before.txt', 'pgscan_direct 100\npgsteal_direct 7\nnr_dirty 5\n');
    file('run/vmstat-after.txt', 'pgscan_direct 164\npgsteal_direct 40\nnr_dirty 5\n');
    const json = await jsonOf(path);
    expect(json).toMatchObject({ run: 'run', vmstat_delta: { pgscan_direct: 64, pgsteal_direct: 33 } });
    const checks = json.crosscheck_with_vmstat as readonly {
      figure: string;
      trace: number;
      vmstat: number;
      equal: boolean;
    }[];
    const found = (figure: string) => checks.find((check) => check.figure.startsWith(figure));
    expect(found('pgscan_direct vs sum nr_scanned of lru_shrink')).toMatchObject({
      trace: 64,
      vmstat: 64,
      equal: true,
    });
    expect(found('pgsteal_direct')).toMatchObject({ trace: 32, vmstat: 33, equal: false });
    expect((await trace(path)).out).toMatch(/^pgsteal_direct vs .* 32 +33 +differs$/m);
  });
});

describe('table', () => {
  test('every section: events, sums, requests, seeks, lost events, lines left out, both readings of the script', async () => {
    const text = `${LINE}\nCPU:1 [LOST 53 EVENTS]\nthis is no event\n${LINE}\n`;
    const { code, out, errors } = await trace(file('bad-line.txt', text));
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/^Lost events: 1 line says so\n {2}CPU:1 \[LOST 53 EVENTS\]$/m);
    expect(out).toMatch(/^Lines left out: 1\n {2}line 3: .+: this is no event$/m);

    const run = await trace(RUN);
    expect(run.out).toMatch(/^mm_vmscan_lru_isolate +341$/m);
    expect(run.out).toMatch(/^Sums +nr_scanned +nr_taken +nr_reclaimed +nr_dirty$/m);
    expect(run.out).toMatch(/^mm_vmscan_lru_isolate +6364 +6364$/m);
    expect(run.out).toMatch(/^writes +43 +11008 +11008$/m);
    expect(run.out).toMatch(/^Seek sums in issue order, sectors .*\nall +1849744 +1860504 +43 +42 +0$/m);
    expect(run.out).toContain('Lines left out: none');
    expect(run.out).toMatch(/^dd-166 +9 +67 +513 /m);
    expect(run.out).toMatch(/^Wake kswapd requests: +69$/m);
    expect(run.out).toMatch(/^Wake kswapd requests +69 +70$/m);
  });

  test('blkparse: actions, sectors and seeks of what was issued', async () => {
    const lines = [
      '  8,0    1        1     0.000000000   162  Q   W 100 + 8 [dd]',
      '  8,0    1        2     0.000001000   162  D   W 100 + 8 [dd]',
      '  8,0    1        3     0.000002000   162  D   W 208 + 8 [dd]',
      '  8,0    1        4     0.000900000     0  C   W 100 + 8 [0]',
    ];
    const path = file('blk.txt', `${lines.join('\n')}\n`);
    const { code, out } = await trace(path);
    expect(code).toBe(0);
    expect(out).toMatch(/^D W +2 +16$/m);
    expect(out).toMatch(/^writes +100 +108 +1 +0 +0$/m);
    expect(await jsonOf(path)).toMatchObject({ D_write_sectors_distinct: 16, D_to_C: { matched: 1, ns_sum: 899000 } });
  });
});

describe('bad input: exit 2 and one sentence', () => {
  test.each([
    [['--frmat', 'json'], 'There is no option "--frmat"; allowed: --format, --help.\n'],
    [[RUN, '--format', 'xml'], 'There is no format "xml"; allowed: table, json.\n'],
    [[RUN, '--format'], '--format: needs a value after it.\n'],
    [[], 'trace: name a file, or - for standard input.\n'],
    [['a.txt', 'b.txt'], 'b.txt: one file at a time; "a.txt" was given already.\n'],
    [['/nowhere/trace.txt'], '/nowhere/trace.txt: there is no such file.\n'],
  ])('%j', async (args, sentence) => {
    expect(await trace(...args)).toEqual({ code: 2, out: '', errors: sentence });
  });

  test.each([
    ['empty.txt', '', /^\S+empty\.txt: the file is empty\.\n$/],
    ['prose.txt', 'no event\nnone at all\n', /^\S+prose\.txt: line 1: 'no event' is neither an event nor [^\n]+\.\n$/],
    ['binary.bin', '\u0000\u0001\u0002\u0003'.repeat(99), /^\S+binary\.bin: a binary file, [^\n]+\.\n$/],
  ])('%s', async (name, content, sentence) => {
    const { code, out, errors } = await trace(file(name, content));
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(sentence);
  });

  test('a folder', async () => {
    const { code, errors } = await trace(folder);
    expect(code).toBe(2);
    expect(errors).toMatch(/: it cannot be read \(EISDIR[^\n]+\)\.\n$/);
  });
});

test('through the shell, from standard input', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/trace.ts', '-'], {
    cwd: ROOT,
    encoding: 'utf8',
    input: `${LINE}\n`,
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^-\n {2}read as trace; the clock counts seconds\n/);
});

test('--help', async () => {
  expect((await trace('--help')).out).toMatch(/^npm run -s trace -- FILE \[options\]\n/);
});
