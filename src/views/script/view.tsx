import '../shared/controls.css';
import './script.css';
import { useEffect, useState } from 'react';
import { describeError } from '../../abi/errors.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { ScriptReport } from '../../abi/vmscan-script.ts';
import { MACHINES } from '../../store/feed.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { seconds } from '../shared/format.ts';
import { summaryRows } from './text.ts';

interface Answer {
  readonly atNs: number;
  readonly report: Readonly<Record<MachineId, ScriptReport>>;
}

/** What trace-vmscan-postprocess.pl makes of the runs so far: both are run again, since the script wants every event. */
export default function ScriptView() {
  const { store, lab, feed } = useParts();
  const scenario = useApp((s) => s.scenario);
  const twin = useTwin(500);
  const [job, setJob] = useState<AbortController | undefined>();
  const [done, setDone] = useState(0);
  const [answer, setAnswer] = useState<Answer | undefined>();
  useEffect(() => () => job?.abort(), [job]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another trace
  useEffect(() => setAnswer(undefined), [scenario]);
  const read = async () => {
    const { scenario: asked, recording } = store.getState();
    const atNs = feed.latest()?.atNs;
    if (!asked || atNs === undefined) return;
    const stop = new AbortController();
    setJob(stop);
    setDone(0);
    const shares = { A: 0, B: 0 };
    const onProgress = (machine: MachineId) => (share: number) => {
      shares[machine] = share;
      setDone((shares.A + shares.B) / 2);
    };
    const [a, b] = await Promise.all(
      MACHINES.map((machine) =>
        lab.run(
          'script',
          { scenario: asked, machine, untilNs: atNs },
          { recording, signal: stop.signal, onProgress: onProgress(machine) },
        ),
      ),
    );
    setJob(undefined);
    if (a?.ok && b?.ok) setAnswer({ atNs, report: { A: a.value, B: b.value } });
    else if (!stop.signal.aborted && a && !a.ok) store.getState().say(describeError(a.error));
  };
  return (
    <div className="script">
      <div className="script-head">
        <button type="button" className="boxed" onClick={() => (job ? job.abort() : void read())}>
          {job ? `Stop (${Math.round(done * 100)} %)` : `Read the trace up to ${seconds(twin?.atNs ?? 0)} s`}
        </button>
        {answer && <span>Up to {seconds(answer.atNs)} s</span>}
        <span className="gap" />
        {answer &&
          MACHINES.map((machine) => (
            <CopyButton key={machine} label={`Copy ${machine}`} text={() => answer.report[machine].text} />
          ))}
      </div>
      {answer ? (
        <Reports report={answer.report} />
      ) : (
        <p className="note">
          The tables that the mails about these patches print, by the script’s own rules of counting: it knows neither
          memory cgroups nor range writes.
        </p>
      )}
    </div>
  );
}

function Reports({ report }: Pick<Answer, 'report'>) {
  return (
    <div className="script-body">
      <table data-testid="script">
        <thead>
          <tr>
            <th scope="col">Summary</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {summaryRows(report.A.rows, report.B.rows).map(({ label, definition, a, b }) => (
            <tr key={label} title={definition}>
              <th scope="row">
                {label}
                <span className="spoken">: {definition}</span>
              </th>
              <td>{a}</td>
              <td>{b}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {MACHINES.map((machine) => (
        <section key={machine} aria-label={`Script of ${machine}`}>
          <h3>{machine}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to get in */}
          <pre tabIndex={0}>{report[machine].text}</pre>
        </section>
      ))}
    </div>
  );
}
