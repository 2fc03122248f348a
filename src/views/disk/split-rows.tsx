import './split.css';
import type { MachineId } from '../../abi/scenario.ts';
import { useApp, useParts, useReading } from '../shared/app-context.ts';
import {
  NO_SPLIT,
  PARTS,
  partWords,
  type Split,
  shareWords,
  splitOfRow,
  splitOfWindow,
  toldRow,
  wholeOf,
} from './split.ts';

interface SplitRowsProps {
  readonly machine: MachineId;
  readonly windowNs: number;
}

/** Where the drive's time goes: shares of all that are drawn, and the times of the one pointed at, pinned, or finished last. */
export function SplitRows({ machine, windowNs }: SplitRowsProps) {
  const { history } = useParts();
  const requests = history.requests[machine];
  const hovered = useApp((s) => s.hovered);
  const pinned = useApp((s) => s.pinned);
  const open = useApp((s) => s.openDefinition);
  const atNs = useReading((twin) => twin?.[machine].nowNs) ?? 0;
  const isTraced = useReading((twin) => twin?.[machine].traced !== undefined);
  if (isTraced) return <p className="disk-no-split">{NO_SPLIT}</p>;
  const all = splitOfWindow(requests, atNs, windowNs);
  const told = toldRow(requests, atNs, machine, hovered, pinned);
  const one = told && splitOfRow(requests, told.row);
  const shares = shareWords(all);
  const times = one && partWords(one);
  return (
    <div className="disk-split">
      <div className="disk-split-rows">
        <div className="disk-split-bars">
          <Bar label="in all" split={all} />
          <Bar label={told?.which ?? 'last one'} split={one} />
        </div>
        {PARTS.map(({ name, definition }, part) => (
          <button key={name} type="button" className="metric disk-split-part" onClick={() => open(definition)}>
            <span className="disk-part-word">
              <i className={`disk-part disk-part-${name}`} />
              {name}
            </span>{' '}
            <b>{shares[part]}</b>
            <span className="disk-split-ms">
              <b>{times?.[part] ?? '–'}</b>
              {part === PARTS.length - 1 && ' ms'}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** The parts side by side, as wide as they took. */
function Bar({ label, split }: { readonly label: string; readonly split: Split | undefined }) {
  const whole = split ? wholeOf(split) : 0;
  return (
    <p className="disk-split-bar">
      {label}
      <span>
        {split &&
          whole > 0 &&
          PARTS.map(({ name, of }) => (
            <i
              key={name}
              className={`disk-part disk-part-${name}`}
              style={{ width: `${(100 * split[of]) / whole}%` }}
            />
          ))}
      </span>
    </p>
  );
}
