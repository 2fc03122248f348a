import { err, ok, type Result } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { RecordingRef, Scenario } from '../abi/scenario.ts';
import type { NamedBytes } from '../formats/workload.ts';

/** What a set of files turned out to be, and how a link names it. */
export type Dropped =
  | { readonly kind: 'recording'; readonly recording: Recording; readonly ref: RecordingRef }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  /** Read where it is played. */
  | { readonly kind: 'trace'; readonly files: readonly File[] };

/** Unpacking more than this would stop the page for long; the largest recording at hand packs to a few MB. */
const DROP_LIMIT_BYTES = 64 * 2 ** 20;

/** Enough of a file to know it by; gzip packs no text so well that this is not some of it. */
const HEAD_BYTES = 64 * 1024;

/** `as`: a trace is wanted for its accesses, not to play. */
export async function readDropped(files: readonly File[], as?: 'recording'): Promise<Result<Dropped>> {
  const [{ formatOf }] = await formats();
  const heads = files.map(async (file) => new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  const isTrace = formatOf(await Promise.all(heads)).id === 'trace';
  if (isTrace && as === undefined) return ok({ kind: 'trace', files });
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const where = files[0]?.name ?? 'file';
  if (total > DROP_LIMIT_BYTES) {
    return err({
      kind: 'bad-input',
      where,
      message: 'larger than 64 MiB; give the recording gzipped, or a part of it',
    });
  }
  const named = await Promise.all(
    files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return readBytes(named);
}

const formats = () => Promise.all([import('../formats/registry.ts'), import('../formats/recording-ref.ts')]);

/** Fetches the readers of files before there is one. */
export const readyForFiles = async (): Promise<void> => void (await formats());

async function readBytes(files: readonly NamedBytes[]): Promise<Result<Dropped>> {
  const [{ readForeign }, { recordingRef }] = await formats();
  const loaded = readForeign(files);
  if (!loaded.ok) return loaded;
  if (loaded.value.kind === 'scenario') return ok(loaded.value);
  if (loaded.value.kind === 'trace') return workloadOf(files);
  const { recording } = loaded.value;
  return ok({ kind: 'recording', recording, ref: recordingRef(recording.name, files) });
}

/** The trace of a kernel, taken for the accesses that its page events show. */
async function workloadOf(files: readonly NamedBytes[]): Promise<Result<Dropped>> {
  const [{ readWorkload }, { recordingRef }] = await Promise.all([
    import('../formats/workload.ts'),
    import('../formats/recording-ref.ts'),
  ]);
  const recording = readWorkload(files);
  if (!recording.ok) return recording;
  return ok({
    kind: 'recording',
    recording: recording.value,
    ref: recordingRef(recording.value.name, files),
  });
}

/** A recording that comes with the page: `files` are addresses below it. */
export async function fetchRecording(name: string, files: readonly string[]): Promise<Result<Recording>> {
  const refuse = (message: string) => err({ kind: 'bad-input', where: `recording ${name}`, message });
  try {
    const read = await readBytes(await Promise.all(files.map(fetchFile)));
    if (!read.ok) return read;
    return read.value.kind === 'recording' ? ok(read.value.recording) : refuse('holds no recording');
  } catch (cause) {
    return refuse(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Files that come with the page, kept once they are here. */
const fetched = new Map<string, Promise<NamedBytes>>();

/** Fetches them before they are asked for, so that the network may go away; a failure is told when they are needed. */
export const readyRecordings = async (files: readonly string[]): Promise<void> =>
  void (await Promise.allSettled(files.map(fetchFile)));

export function fetchFile(address: string): Promise<NamedBytes> {
  const here = fetched.get(address) ?? fetchBytes(address);
  fetched.set(address, here);
  here.catch(() => fetched.delete(address));
  return here;
}

async function fetchBytes(address: string): Promise<NamedBytes> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return { name: address.slice(address.lastIndexOf('/') + 1), bytes: new Uint8Array(await answer.arrayBuffer()) };
}
