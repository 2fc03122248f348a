import { useApp, useTwin } from '../views/shared/app-context.ts';
import { percent } from '../views/shared/format.ts';

const SIGNS: readonly { readonly sign: string; readonly letter?: string; readonly means: string }[] = [
  { sign: 'key-dirty', means: 'pages under writeback, on top of dirty pages' },
  { sign: 'tape-actor tape-kswapd', letter: 'K', means: 'first row below: kswapd awake' },
  { sign: 'tape-actor tape-direct', letter: 'D', means: 'second row: some task in direct reclaim' },
  { sign: 'tape-actor tape-memcg', letter: 'M', means: 'third row, where there are memory cgroups: in their reclaim' },
  { sign: 'tape-actor tape-flusher', letter: 'F', means: 'last row: a flusher has work' },
  { sign: 'key-tick', means: 'on the rows: a task stuck in reclaim for 50 ms and longer' },
  { sign: 'key-notch', means: 'a knob was turned, for one machine or both' },
  { sign: 'key-kill', letter: '✕', means: 'the OOM killer ended a task' },
  { sign: 'key-flag', means: 'a kernel stack overflowed' },
  { sign: 'key-ring', means: 'page locks waited in a cycle' },
  { sign: 'key-dim', means: 'computed already, to the right of now: it happens again unless a knob is turned' },
  { sign: 'key-lost', means: 'hatched: the trace lost events, what happened there is not all known' },
  { sign: 'key-torn', means: 'a torn edge: what is left of it is no longer held' },
];

/** The key to the scrubber, and what being able to go back costs. */
export function PastDefinition() {
  const past = useTwin(500)?.past;
  const untilS = useApp((s) => s.scenario?.untilS);
  return (
    <>
      <p>
        All {untilS} s of the run, a band for each machine. Drag to go to any moment. Shift and drag zooms to a part, a
        double click shows the whole run again. A and B set two markers; they snap to knobs and stalls beside them.
      </p>
      <table className="tape-key">
        <tbody>
          {SIGNS.map(({ sign, letter, means }) => (
            <tr key={means}>
              <td>
                <i className={sign} aria-hidden="true">
                  {letter}
                </i>
              </td>
              <td>{means}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        A band is full when a quarter of memory is dirty, or half, or all of it: the least that holds the run so far.
      </p>
      {past && (
        <p>
          The past is held in {past.A.checkpoints} and {past.B.checkpoints} checkpoints, each as small as what changed
          since the one before: {mib(past.A.checkpointBytes + past.B.checkpointBytes)} of{' '}
          {mib(past.A.budgetBytes + past.B.budgetBytes)} MiB (
          {percent((past.A.checkpointBytes + past.B.checkpointBytes) / (past.A.budgetBytes + past.B.budgetBytes))}
          ). They stand {past.A.spacingNs / 1e9} s apart in A and {past.B.spacingNs / 1e9} s in B; when the memory is
          full, every second one is dropped.
        </p>
      )}
    </>
  );
}

const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
