import './debug.css';
import { ArrowDownToLine, ArrowUpFromLine, Redo2, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TaskFrame } from '../../abi/frame.ts';
import type { StepKind } from '../../abi/protocol.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import { MachineToggle } from '../shared/machine-toggle.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { culpritOf } from './break-text.ts';
import { Breakpoints } from './breakpoints.tsx';
import { positionText, stackRows, stateText, stepText } from './text.ts';
import { type Stepper, useStepping } from './use-stepping.ts';

const KINDS: readonly { readonly kind: StepKind; readonly label: string }[] = [
  { kind: 'page', label: 'page' },
  { kind: 'event', label: 'event' },
  { kind: 'batch', label: 'batch' },
  { kind: 'io', label: 'I/O' },
  { kind: 'stall', label: 'stall' },
];

/** One thread of a machine, step by step: its kernel stack, and into, over and out of the function it is in. */
export default function DebugView() {
  const { feed } = useParts();
  const machine = useApp((s) => s.machine);
  const frame = useTwin()?.[machine];
  const [chosen, choose] = useState<number>();
  const tasks = frame?.tasks ?? [];
  // A program rather than kswapd, until somebody chooses.
  const task = tasks.find(({ id }) => id === chosen) ?? tasks.find(({ kind }) => kind === 'task');
  const stepper = useStepping(task);
  const culprit = useApp((s) => culpritOf(s.breakEnd, machine));
  useEffect(() => {
    if (culprit === undefined) return;
    const id = feed.latest()?.[machine].tasks.find(({ name }) => name === culprit.who)?.id;
    if (id !== undefined) choose(id);
  }, [culprit, feed, machine]);
  return (
    <div className="debug">
      <div className="debug-head">
        <MachineToggle />
        <Steps stepper={stepper} />
        <p className="debug-place" aria-live="polite" data-testid="debug-place">
          {frame && positionText(machine, frame)}
        </p>
      </div>
      <Breakpoints />
      <Threads tasks={tasks} chosen={task?.id} onChoose={choose} />
      {task && <Stack task={task} />}
    </div>
  );
}

function Steps({ stepper }: { readonly stepper: Stepper }) {
  return (
    <div className="debug-steps" role="toolbar" aria-label="Steps">
      <button type="button" className="boxed" onClick={stepper.back} disabled={!stepper.can('into')}>
        <Undo2 size={15} aria-hidden="true" />
        Back
      </button>
      <button type="button" className="boxed" onClick={() => stepper.step('into')} disabled={!stepper.can('into')}>
        <ArrowDownToLine size={15} aria-hidden="true" />
        Into
      </button>
      <button type="button" className="boxed" onClick={() => stepper.step('over')} disabled={!stepper.can('over')}>
        <Redo2 size={15} aria-hidden="true" />
        Over
      </button>
      <button type="button" className="boxed" onClick={() => stepper.step('out')} disabled={!stepper.can('out')}>
        <ArrowUpFromLine size={15} aria-hidden="true" />
        Out
      </button>
      <span className="toggles">
        {KINDS.map(({ kind, label }) => (
          <button
            key={kind}
            type="button"
            className="toggle"
            aria-label={`Next ${label}`}
            onClick={() => stepper.step(kind)}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}

interface ThreadsProps {
  readonly tasks: readonly TaskFrame[];
  readonly chosen: number | undefined;
  readonly onChoose: (id: number) => void;
}

function Threads({ tasks, chosen, onChoose }: ThreadsProps) {
  return (
    <ul className="debug-threads" aria-label="Threads">
      {tasks.map((task) => (
        <li key={task.id}>
          <button type="button" className="quiet" aria-pressed={task.id === chosen} onClick={() => onChoose(task.id)}>
            <b>
              {task.letter} {task.name}
            </b>
            <small>{stateText(task)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Innermost function on top. */
function Stack({ task }: { readonly task: TaskFrame }) {
  if (task.stack.length === 0) return <p className="note">{task.name} has ended: nothing is on its stack.</p>;
  return (
    <table className="debug-stack" aria-label={`Kernel stack of ${task.name}`}>
      <thead>
        <tr>
          <th scope="col">function, innermost first</th>
          <th scope="col">next step</th>
          <th scope="col" className="number">
            <TermButton of="debug:bytes">bytes</TermButton>
          </th>
          <th scope="col" className="number">
            <TermButton of="debug:depth">depth</TermButton>
          </th>
        </tr>
      </thead>
      <tbody>
        {stackRows(task.stack).map((row) => (
          <tr key={`${row.totalBytes} ${row.name}`}>
            <th scope="row">
              <code>{row.name}</code>
            </th>
            <td>{stepText(row)}</td>
            <td className="number">
              <TermButton of="debug:bytes">{group(row.bytes)}</TermButton>
            </td>
            <td className="number">
              <TermButton of="debug:depth">{group(row.totalBytes)}</TermButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
