import { err, ok, type Result } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { RecordingRef, Scenario } from '../abi/scenario.ts';
import type { Bytes } from '../abi/units.ts';
import { decodeLink, encodeLink } from './link.ts';
import { recordingRef } from './recording-ref.ts';
import { mmtestsTable, resultsCsv, resultsJson } from './results.ts';
import { decodeScenario, sniffScenario } from './scenario.ts';
import { peek } from './shared/gzip.ts';
import type { NamedBytes } from './shared/named-bytes.ts';
import { sniffTrace } from './trace/sniff.ts';
import { readWorkload, sniffWorkload } from './workload.ts';

/** What a set of dropped files turned out to be. */
export type Loaded =
  | { readonly kind: 'recording'; readonly recording: Recording; readonly ref: RecordingRef }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  /** Read where it is played: it may be too large for the thread that draws. */
  | { readonly kind: 'trace'; readonly file: NamedBytes };

/** A foreign format: how to know it, how to read it. `sniff` gets the (unpacked) head and answers 0 to 1. */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly sniff: (head: Uint8Array) => number;
  readonly read: (files: readonly NamedBytes[]) => Result<Loaded>;
}

export const FORMATS: readonly Format[] = [
  {
    id: 'workload',
    title: 'Recorded workload (ftrace text)',
    sniff: sniffWorkload,
    read: (files) =>
      loadedAs(readWorkload(files), (recording) => {
        return { kind: 'recording', recording, ref: recordingRef(recording.name, files) };
      }),
  },
  {
    id: 'scenario',
    title: 'Scenario',
    sniff: sniffScenario,
    read: (files) => loadedAs(onlyScenario(files), (scenario) => ({ kind: 'scenario', scenario })),
  },
  {
    id: 'trace',
    title: 'Trace of a real kernel (ftrace, trace-cmd, perf, blkparse)',
    sniff: sniffTrace,
    read: (files) => loadedAs(onlyFile(files, 'trace'), (file) => ({ kind: 'trace', file })),
  },
];

/** A link is no file, so there is nothing to sniff. */
export const LINK = { id: 'link', title: 'Link', read: decodeLink, write: encodeLink } as const;

/** What runs came to, for other programs; a run's events are written by formats/export. */
export const RESULTS = { csv: resultsCsv, json: resultsJson, mmtests: mmtestsTable } as const;

const HEAD_BYTES: Bytes = 64 * 1024;

/** The format that knows most of what the heads of files are, packed or not. A trace is the guess for unknown text: its reader says which line is none. */
export function formatOf(heads: readonly Uint8Array[]): Format {
  const unpacked = heads.map((head) => peek(head, HEAD_BYTES));
  const scores = FORMATS.map((format) => Math.max(0, ...unpacked.map((head) => format.sniff(head))));
  const best = Math.max(...scores);
  return best > 0 ? FORMATS[scores.indexOf(best)]! : FORMATS.find(({ id }) => id === 'trace')!;
}

/** Files that were dropped together. */
export const readForeign = (files: readonly NamedBytes[]): Result<Loaded> =>
  formatOf(files.map((file) => file.bytes)).read(files);

function loadedAs<T>(result: Result<T>, wrap: (value: T) => Loaded): Result<Loaded> {
  return result.ok ? ok(wrap(result.value)) : result;
}

function onlyScenario(files: readonly NamedBytes[]): Result<Scenario> {
  const file = onlyFile(files, 'scenario');
  return file.ok ? decodeScenario(file.value.bytes, file.value.name) : file;
}

function onlyFile(files: readonly NamedBytes[], what: string): Result<NamedBytes> {
  const [file, second] = files;
  if (file && !second) return ok(file);
  return err({ kind: 'bad-input', where: second?.name ?? 'file', message: `one ${what} at a time` });
}
