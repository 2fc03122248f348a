import type { ExportRun, ExportSample, TraceWriter } from '../../abi/trace-export.ts';
import { DiskTracks } from './chrome/disks.ts';
import { DISK_TRACK, type Fact, micros, trackOf } from './chrome/fact.ts';
import { ThreadTracks } from './chrome/threads.ts';

/** Perfetto takes process 0 for the idle one. */
const processOf = ({ machine }: ExportRun): number => (machine === 'A' ? 1 : 2);

/**
 * Chrome's trace-event JSON, which Perfetto opens: a process per machine, in it a track per thread with its reclaim, its work and
 * its waits, a track per disk with its requests, and counters. One event per line, so that it can be cut and mended by hand.
 */
export function createChromeWriter(): TraceWriter {
  const threads = new ThreadTracks();
  const disks = new DiskTracks();
  let pid = 0;
  let groups: readonly string[] = [];
  let comma = '';
  const put = (facts: readonly Fact[]): string => {
    let text = '';
    for (const fact of facts) {
      text += comma + JSON.stringify({ pid, ...fact });
      comma = ',\n';
    }
    return text;
  };
  return {
    begin(run) {
      pid = processOf(run);
      groups = run.groups;
      return `{"displayTimeUnit":"ms","traceEvents":[\n${put(namesOf(run))}`;
    },
    event: (event) => put(threads.take(event)) + put(disks.take(event)),
    sample: (sample) => put(countersOf(sample, groups)),
    end: ({ atNs }) => `${put(threads.finish(atNs))}\n]}\n`,
  };
}

function namesOf(run: ExportRun): readonly Fact[] {
  const name = (what: string, tid: number, text: string) => ({ name: what, ph: 'M', tid, args: { name: text } });
  const { machine, kernel, scenario, seed, threads } = run;
  return [
    name('process_name', 0, `${machine} ${kernel}, ${scenario}, seed ${seed}`),
    ...threads.map((thread) => name('thread_name', trackOf(thread.pid), thread.name)),
    ...Array.from({ length: run.disks }, (_, disk) => name('thread_name', DISK_TRACK + disk, `disk sd${'abcd'[disk]}`)),
  ];
}

function countersOf(sample: ExportSample, groups: readonly string[]): readonly Fact[] {
  const { freePages, dirtyPages, writebackPages, groupPages } = sample;
  const counter = (name: string, args: Readonly<Record<string, number>>): Fact => ({
    name,
    ph: 'C',
    ts: micros(sample.atNs),
    args,
  });
  return [
    counter('free pages', { pages: freePages }),
    counter('dirty and writeback pages', { dirty: dirtyPages, writeback: writebackPages }),
    ...groups.map((group, at) => counter(`memcg ${group} usage`, { pages: groupPages[at] ?? 0 })),
  ];
}
