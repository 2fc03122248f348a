import './whatif.css';
import { useCallback, useMemo, useState } from 'react';
import type { MachineId, Scenario } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import { type Decision, OUTCOMES, type Outcome, type WhatIf } from '../../abi/what-if.ts';
import { useApp, useParts } from '../shared/app-context.ts';
import { LabProgress } from '../shared/lab-progress.tsx';
import { MachineToggle } from '../shared/machine-toggle.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { type Draw, useCanvas } from '../shared/use-canvas.ts';
import { drawWhatIf } from './draw.ts';
import { decisionText, fateText, OUTCOME_TITLES, pictureText, rangeText, SUMS } from './text.ts';

/** Virtual time that each outcome is followed for. */
const AFTER_NS: Ns = 2e9;

/** The next pageout decision, and what comes of it if it is another: three runs from the same state. */
export default function WhatIfView() {
  const { feed } = useParts();
  const machine = useApp((s) => s.machine);
  const scenario = useApp((s) => s.scenario);
  const now = () => feed.latest()?.[machine].nowNs ?? 0;
  const [fromNs, setFromNs] = useState(now);
  const ask = useMemo(
    () => (scenario ? { scenario, machine, fromNs, untilNs: scenario.untilS * 1e9 } : undefined),
    [scenario, machine, fromNs],
  );
  const { answer, ask: answered, error, isBusy, done } = useAnswer('decision', ask);
  const decision = answered === ask ? answer?.decision : undefined;
  const none = answer && !answer.decision ? 'No dirty page of a file is decided on any more.' : '';
  return (
    <div className="whatif">
      <div className="whatif-head">
        <MachineToggle />
        <button type="button" className="boxed" onClick={() => setFromNs(now())}>
          Next decision from here
        </button>
        {decision && <Ways decision={decision} onNext={() => setFromNs(decision.atNs)} />}
        {decision ? (
          <p className="whatif-says">{decisionText(decision)}</p>
        ) : (
          <LabProgress isBusy={isBusy} done={done} says={error ?? none} />
        )}
      </div>
      {decision && scenario && <Outcomes scenario={scenario} machine={machine} decision={decision} />}
    </div>
  );
}

/** To the state right before the decision, with its page lit; or on to the one after it. */
function Ways({ decision, onNext }: { readonly decision: Decision; readonly onNext: () => void }) {
  const { driver } = useParts();
  const pin = useApp((s) => s.pin);
  const { space, index } = decision.page;
  return (
    <>
      <button
        type="button"
        className="boxed"
        onClick={() => {
          driver.pause();
          driver.seek({ atNs: decision.atNs - 1 });
          pin({ kind: 'page', space, index });
        }}
      >
        Freeze there
      </button>
      <button type="button" className="boxed" onClick={onNext}>
        The one after
      </button>
    </>
  );
}

interface OutcomesProps {
  readonly scenario: Scenario;
  readonly machine: MachineId;
  readonly decision: Decision;
}

/** The outcomes under each other, so that each figure stands in a column. */
function Outcomes({ scenario, machine, decision }: OutcomesProps) {
  return (
    <table className="whatif-runs">
      <thead>
        <tr>
          <th scope="col">outcome, two seconds on</th>
          <th scope="col">LBA over time</th>
          {SUMS.map(({ label }) => (
            <th key={label} scope="col" className="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {OUTCOMES.map((outcome) => (
          <OneOutcome key={outcome} scenario={scenario} machine={machine} decision={decision} outcome={outcome} />
        ))}
      </tbody>
    </table>
  );
}

function OneOutcome({ scenario, machine, decision, outcome }: OutcomesProps & { readonly outcome: Outcome }) {
  const ask = useMemo(
    () => ({ scenario, machine, decision, outcome, untilNs: decision.atNs + AFTER_NS }),
    [scenario, machine, decision, outcome],
  );
  const { answer, ask: answered, error, isBusy, done } = useAnswer('whatIf', ask);
  const run = answered === ask ? answer : undefined;
  return (
    <tr data-outcome={outcome}>
      <th scope="row">
        <b>{OUTCOME_TITLES[outcome]}</b>
        {run ? (
          <p>
            {rangeText(run)}
            <br />
            {fateText(run)}
          </p>
        ) : (
          <LabProgress isBusy={isBusy} done={done} says={error ?? ''} />
        )}
      </th>
      <td>{run && <Picture run={run} />}</td>
      {SUMS.map(({ label, of }) => (
        <td key={label} className="number" data-label={label}>
          {run && of(run)}
        </td>
      ))}
    </tr>
  );
}

function Picture({ run }: { readonly run: WhatIf }) {
  const draw = useCallback<Draw>((ctx, size, { palette }) => drawWhatIf(ctx, size, run, palette), [run]);
  const inputs = useCallback(() => [run], [run]);
  const ref = useCanvas(draw, inputs);
  return <canvas ref={ref} role="img" aria-label={pictureText(run)} />;
}
