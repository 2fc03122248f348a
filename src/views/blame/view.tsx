import './blame.css';
import { useEffect, useMemo, useState } from 'react';
import { SAMPLE_NS } from '../../abi/frame.ts';
import { useApp } from '../shared/app-context.ts';
import { LabProgress } from '../shared/lab-progress.tsx';
import { MachineToggle } from '../shared/machine-toggle.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useHorizon } from '../shared/use-horizon.ts';
import { Chain } from './chain.tsx';
import { StallTable } from './list.tsx';
import { findStall, listText } from './text.ts';

/** The stalls of a machine, the longest first, and for one of them where every millisecond went. */
export default function BlameView() {
  const machine = useApp((s) => s.machine);
  const scenario = useApp((s) => s.scenario);
  const asked = useApp((s) => s.stall);
  const untilNs = useHorizon(machine);
  const ask = useMemo(() => (scenario ? { scenario, machine, untilNs } : undefined), [scenario, machine, untilNs]);
  const { answer, ask: answered, error, isBusy, done } = useAnswer('stalls', ask);
  const stalls = answered?.machine === machine ? (answer?.stalls ?? []) : [];
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    const at = asked?.machine === machine ? findStall(stalls, asked, SAMPLE_NS) : -1;
    setChosen(Math.max(0, at));
  }, [stalls, asked, machine]);
  const stall = stalls[Math.min(chosen, stalls.length - 1)];
  return (
    <div className="blame">
      <div className="blame-list">
        <div className="blame-head">
          <MachineToggle />
          <LabProgress isBusy={isBusy} done={done} says={error ?? (answer ? listText(answer) : '')} />
        </div>
        {stalls.length > 0 && <StallTable stalls={stalls} chosen={chosen} onChoose={setChosen} />}
      </div>
      {stall && <Chain stall={stall} />}
    </div>
  );
}
