import './trace-bar.css';
import type { MachineId } from '../abi/scenario.ts';
import { MACHINES } from '../store/feed.ts';
import { useApp } from '../views/shared/app-context.ts';
import { useSession } from './session-context.ts';

/** Above the machines while one of them is a trace, or one is being read: what can be done with it. */
export default function TraceBar() {
  const opening = useApp((s) => s.opening);
  const traced = useApp((s) => s.traced);
  const open = useApp((s) => s.openDefinition);
  const session = useSession();
  return (
    <div className="trace-bar">
      {opening && <Reading {...opening} />}
      {MACHINES.map((machine) => traced[machine] && <Playing key={machine} machine={machine} />)}
      {traced.A && traced.B && (
        <button type="button" className="boxed" onClick={() => void session.swapSides()}>
          Swap A and B
        </button>
      )}
      <button type="button" className="boxed" onClick={() => open('record')}>
        Record your own
      </button>
    </div>
  );
}

function Reading({ name, done }: { readonly name: string; readonly done: number }) {
  const session = useSession();
  return (
    <section aria-label="Reading a trace" data-testid="reading">
      <p role="status">Reading {name}</p>
      <progress value={done} aria-label="Share read" />
      <button type="button" className="boxed" onClick={() => session.cancelOpening()}>
        Cancel
      </button>
    </section>
  );
}

function Playing({ machine }: { readonly machine: MachineId }) {
  const session = useSession();
  const info = useApp((s) => s.traced[machine]);
  const isReplayed = useApp((s) => s.scenario?.recording?.hash === s.traced[machine]?.ref.hash);
  const isSimulated = useApp((s) => s.scenario?.traces?.[machine === 'A' ? 'B' : 'A'] === undefined);
  if (!info) return null;
  const other = machine === 'A' ? 'B' : 'A';
  return (
    <section aria-label={`Recorded kernel in ${machine}`}>
      <p>
        <b>{machine}</b> is a recorded kernel{isReplayed && isSimulated && `, and ${other} is given its workload`}.
      </p>
      {info.hasWorkload && isSimulated && !isReplayed && (
        <button type="button" className="boxed" onClick={() => void session.runWorkload(machine, 'beside')}>
          Run its workload in {other}
        </button>
      )}
      {info.hasWorkload && (
        <button type="button" className="boxed" onClick={() => void session.runWorkload(machine, 'both')}>
          Run its workload in both
        </button>
      )}
      {isSimulated && (
        <button type="button" className="boxed" onClick={() => void session.swapSides()}>
          Play it in {other}
        </button>
      )}
    </section>
  );
}
