import './controls.css';
import { MACHINES } from '../../store/feed.ts';
import { useApp } from './app-context.ts';

/** Which machine a question is about: the one selected everywhere. */
export function MachineToggle() {
  const machine = useApp((s) => s.machine);
  const select = useApp((s) => s.selectMachine);
  return (
    <span className="toggles">
      {MACHINES.map((id) => (
        <button
          key={id}
          type="button"
          className="toggle"
          aria-label={`Machine ${id}`}
          aria-pressed={id === machine}
          onClick={() => select(id)}
        >
          {id}
        </button>
      ))}
    </span>
  );
}
