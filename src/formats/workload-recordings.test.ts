import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { ACCESS, type Recording } from '../abi/recording.ts';
import type { NamedBytes } from './shared/named-bytes.ts';
import { readWorkload } from './workload.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const SHIPPED = `${REPOSITORY}public/recordings/mmap-dd/`;
/** The full recordings lie beside the repository where there are any; the tests on them are left out elsewhere. */
const FULL = `${REPOSITORY}../shared/traces/`;

function filesOf(folder: string, isWanted: (name: string) => boolean): NamedBytes[] {
  const names = readdirSync(folder).filter(isWanted);
  return names.map((name) => ({ name: `${folder}${name}`, bytes: new Uint8Array(readFileSync(folder + name)) }));
}
function load(folder: string, isWanted: (name: string) => boolean): Recording {
  const result = readWorkload(filesOf(folder, isWanted));
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value;
}
const isPart = (name: string): boolean => /^(trace|trace-rw|files)\.txt(\.gz)?$/.test(name);
const isAny = (): boolean => true;

function countOf(recording: Recording, what: number): number {
  return recording.what.filter((value) => value === what).length;
}

/** Share of the stores whose page the same task faulted on before: order across the two texts. */
function storesAfterTheirFault({ what, task, file, pos }: Recording): number {
  const faulted = new Set<string>();
  let stores = 0;
  let after = 0;
  for (let row = 0; row < what.length; row++) {
    const key = `${task[row]} ${file[row]} ${pos[row]}`;
    if (what[row] === ACCESS.FAULT_READ) faulted.add(key);
    if (what[row] !== ACCESS.FAULT_WRITE) continue;
    stores++;
    if (faulted.has(key)) after++;
  }
  return after / stores;
}

test('the shipped recording: dd writes, and every mapped store comes after the fault on its page', () => {
  const recording = load(SHIPPED, isAny);

  expect(recording.name).toBe('mmap-dd');
  expect(countOf(recording, ACCESS.WRITE)).toBe(768);
  expect(countOf(recording, ACCESS.FAULT_WRITE)).toBe(2619);
  expect(storesAfterTheirFault(recording)).toBe(1);
  expect(recording.files.find((file) => file.inode === 1782)).toMatchObject({
    path: '/work/mapfile',
    sizeBytes: 64 << 20,
  });
  expect(recording.dropped).toEqual({ kernelThreadLines: 51, metadataLines: 28, unknownLines: 0 });
  expect(recording.timeNs.every((ns, row) => row === 0 || ns >= recording.timeNs[row - 1]!)).toBe(true);
});

test('the shipped recording with its page events alone has no faults', () => {
  const recording = load(SHIPPED, (name) => name === 'trace.txt.gz');

  expect(countOf(recording, ACCESS.READ)).toBeGreaterThan(700);
  expect(countOf(recording, ACCESS.WRITE)).toBe(recording.what.length - countOf(recording, ACCESS.READ));
});

const FULL_RUNS = [
  { run: 'mmapdd', accesses: { READ: 72, WRITE: 768, FAULT_WRITE: 18000, FSYNC: 0, UNLINK: 0 } },
  { run: 'fio-mix', accesses: { READ: 1141, WRITE: 14337, FAULT_WRITE: 0, FSYNC: 0, UNLINK: 0 } },
  { run: 'sort', accesses: { READ: 26001, WRITE: 22921, FAULT_WRITE: 0, FSYNC: 0, UNLINK: 91 } },
  { run: 'sqlite-wal', accesses: { READ: 80215, WRITE: 121820, FAULT_WRITE: 0, FSYNC: 208, UNLINK: 9 } },
] as const;

for (const { run, accesses } of FULL_RUNS) {
  const folder = `${FULL}workload-${run}/`;
  test.skipIf(!existsSync(folder))(`the full recording ${run}, its whole folder or its parts, in good time`, () => {
    const startMs = performance.now();
    const recording = load(folder, isPart);
    const tookMs = performance.now() - startMs;

    for (const [name, count] of Object.entries(accesses)) {
      expect(countOf(recording, ACCESS[name as keyof typeof ACCESS]), name).toBe(count);
    }
    expect(countOf(recording, ACCESS.TRUNCATE)).toBe(0);
    expect(recording.dropped.unknownLines).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    expect(load(folder, isAny).what).toEqual(recording.what);
  });
}
