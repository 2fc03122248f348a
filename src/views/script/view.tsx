import '../shared/controls.css';
import './script.css';
import { useEffect, useState } from 'react';
import { describeError } from '../../abi/errors.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { ScriptReport } from '../../abi/vmscan-script.ts';
import { MACHINES } from '../../store/feed.ts';
import type { TracedSlice } from '../../store/traced.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { seconds } from '../shared/format.ts';
import { shownText, summaryRows } from './text.ts';

type Reported = Readonly<Record<MachineId, ScriptReport>>;
interface Answer {
  readonly atNs: number;
  readonly report: Partial<Reported>;
}

/** What trace-vmscan-postprocess.pl makes of the runs so far: they are run again, since the script wants every event. */
export default function ScriptView() {
  const twin = useTwin(500);
  const traced = useApp((s) => s.traced);
  const { answer, done, isBusy, read, stop } = useScript();
  const simulated = MACHINES.filter((machine) => traced[machine] === undefined);
  const report = reportOf(answer, traced);
  const upTo = simulated.length === 1 ? `trace of ${simulated[0]}` : 'trace';
  return (
    <div className="script">
      <div className="script-head">
        {simulated.length > 0 && (
          <button type="button" className="boxed" onClick={() => (isBusy ? stop() : void read(simulated))}>
            {isBusy ? `Stop (${Math.round(done * 100)} %)` : `Read the ${upTo} up to ${seconds(twin?.atNs ?? 0)} s`}
          </button>
        )}
        {answer && <span>Up to {seconds(answer.atNs)} s</span>}
        {simulated.length < MACHINES.length && (
          <span>{MACHINES.filter((machine) => traced[machine]).join(' and ')}: all of the recorded trace</span>
        )}
        <span className="gap" />
        {MACHINES.map((machine) => {
          const { text } = report[machine] ?? {};
          return text === undefined ? null : <CopyButton key={machine} label={`Copy ${machine}`} text={() => text} />;
        })}
      </div>
      {report.A || report.B ? (
        <Reports report={report} />
      ) : (
        <p className="note">
          The tables that the mails about these patches print, by the script’s own rules of counting: it knows neither
          memory cgroups nor range writes.
        </p>
      )}
    </div>
  );
}

/** Of a simulated machine what has been read, of a trace what it came with. */
const reportOf = (answer: Answer | undefined, traced: TracedSlice['traced']): Partial<Reported> =>
  Object.fromEntries(
    MACHINES.flatMap((machine) => {
      const report = traced[machine]?.script ?? answer?.report[machine];
      return report ? [[machine, report]] : [];
    }),
  );

/** Runs machines again to the time on the screen, and hands their events to the script. */
function useScript() {
  const { store, lab, feed } = useParts();
  const scenario = useApp((s) => s.scenario);
  const [job, setJob] = useState<AbortController | undefined>();
  const [done, setDone] = useState(0);
  const [answer, setAnswer] = useState<Answer | undefined>();
  useEffect(() => () => job?.abort(), [job]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another trace
  useEffect(() => setAnswer(undefined), [scenario]);
  const read = async (machines: readonly MachineId[]) => {
    const { scenario: asked, recording } = store.getState();
    const atNs = feed.latest()?.atNs;
    if (!asked || atNs === undefined) return;
    const started = new AbortController();
    const { signal } = started;
    setJob(started);
    setDone(0);
    const shares = { A: 0, B: 0 };
    const onProgress = (machine: MachineId) => (share: number) => {
      shares[machine] = share;
      setDone((shares.A + shares.B) / machines.length);
    };
    const report: Partial<Record<MachineId, ScriptReport>> = {};
    await Promise.all(
      machines.map(async (machine) => {
        const ask = { scenario: asked, machine, untilNs: atNs };
        const result = await lab.run('script', ask, { recording, signal, onProgress: onProgress(machine) });
        if (result.ok) report[machine] = result.value;
        else if (!signal.aborted) store.getState().say(describeError(result.error));
      }),
    );
    setJob(undefined);
    if (machines.every((machine) => report[machine])) setAnswer({ atNs, report });
  };
  return { answer, done, isBusy: job !== undefined, read, stop: () => job?.abort() };
}

function Reports({ report }: { readonly report: Partial<Reported> }) {
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
          {summaryRows(report.A?.rows ?? [], report.B?.rows ?? []).map(({ label, definition, a, b }) => (
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
      {MACHINES.filter((machine) => report[machine]).map((machine) => (
        <section key={machine} aria-label={`Script of ${machine}`}>
          <h3>{machine}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to get in */}
          <pre tabIndex={0}>{shownText(report[machine]?.text ?? '')}</pre>
        </section>
      ))}
    </div>
  );
}
