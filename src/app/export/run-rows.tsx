import { useState } from 'react';
import { describeError, type Result } from '../../abi/errors.ts';
import type { LabOptions } from '../../abi/lab.ts';
import type { MachineId, Scenario } from '../../abi/scenario.ts';
import { EXPORT_FORMATS, type ExportFormatId } from '../../abi/trace-export.ts';
import { exportResults, exportText, RESULT_FORMATS, type ResultFormat, simulated } from '../../store/exports.ts';
import { useApp, useParts } from '../../views/shared/app-context.ts';
import { Pick } from '../pick.tsx';
import { ErrandBar } from './errand-bar.tsx';
import { fileName, saveBlob } from './pictures.ts';
import { Row } from './row.tsx';
import { type Errand, useErrand } from './use-errand.ts';
import { useMoment } from './use-moment.ts';

/** The run up to the moment on the screen, which the lab runs again: its events, what it came to, its stalls. */
export function RunRows() {
  const scenario = useApp((s) => s.scenario);
  if (!scenario) return null;
  if (simulated(scenario).length === 0)
    return (
      <Row title="Trace" says="Both machines are traces of real kernels: their text is the file they were read from." />
    );
  return (
    <>
      <TraceRow scenario={scenario} />
      <StallsRow scenario={scenario} />
      <ResultsRow scenario={scenario} />
    </>
  );
}

interface RowProps {
  readonly scenario: Scenario;
}

/** Has a file made and saves it, or says why there is none. */
function useSaving(): {
  readonly errand: Errand;
  readonly save: (what: string, extension: string, make: Make) => void;
} {
  const recording = useApp((s) => s.recording);
  const say = useApp((s) => s.say);
  const moment = useMoment();
  const errand = useErrand();
  const save = (what: string, extension: string, make: Make) =>
    void errand.run(async (signal, onProgress) => {
      const { scene, atNs } = moment();
      const made = await make(atNs, { recording, signal, onProgress });
      if (signal.aborted) return;
      const name = fileName(scene, what, atNs, extension);
      if (made.ok) saveBlob(made.value, name);
      say(made.ok ? `Saved as ${name}.` : describeError(made.error));
    });
  return { errand, save };
}
type Make = (untilNs: number, options: LabOptions) => Promise<Result<Blob>>;

/** What the list offers; stalls have a row of their own. */
const FORMATS = EXPORT_FORMATS.filter(({ id }) => id !== 'stalls').map(({ id, title, says }) => ({
  value: id,
  label: title,
  hint: says,
}));

function TraceRow({ scenario }: RowProps) {
  const { lab } = useParts();
  const { errand, save } = useSaving();
  const machines = simulated(scenario);
  const [wanted, setMachine] = useState<MachineId>('A');
  const machine = machines.includes(wanted) ? wanted : machines[0]!;
  const [format, setFormat] = useState<ExportFormatId>('ftrace');
  const { extension } = EXPORT_FORMATS.find(({ id }) => id === format)!;
  const make: Make = (untilNs, options) => exportText(lab, { scenario, machine, untilNs, format }, options);
  return (
    <Row title="Trace" says="every event from the start to this moment, as the kernel’s tools read it">
      {errand.done === undefined ? (
        <>
          <Pick
            label="Machine of the trace"
            value={machine}
            options={machines.map((id) => ({ value: id, label: id, hint: scenario.kernels[id] }))}
            onPick={(id) => setMachine(id as MachineId)}
          />
          <Pick
            label="Format of the trace"
            value={format}
            options={FORMATS}
            onPick={(id) => setFormat(id as ExportFormatId)}
          />
          <button
            type="button"
            className="boxed"
            aria-label="Save trace"
            onClick={() => save(machine.toLowerCase(), extension, make)}
          >
            Save
          </button>
        </>
      ) : (
        <ErrandBar of={errand} label="Trace written" />
      )}
    </Row>
  );
}

function StallsRow({ scenario }: RowProps) {
  const { lab } = useParts();
  const { errand, save } = useSaving();
  const { extension, says } = EXPORT_FORMATS.find(({ id }) => id === 'stalls')!;
  const makeOf =
    (machine: MachineId): Make =>
    (untilNs, options) =>
      exportText(lab, { scenario, machine, untilNs, format: 'stalls' }, options);
  return (
    <Row title="Stalls" says={says}>
      {errand.done === undefined ? (
        simulated(scenario).map((machine) => (
          <button
            key={machine}
            type="button"
            className="boxed"
            aria-label={`Save stalls of ${machine}`}
            onClick={() => save(machine.toLowerCase(), extension, makeOf(machine))}
          >
            {machine}
          </button>
        ))
      ) : (
        <ErrandBar of={errand} label="Stalls written" />
      )}
    </Row>
  );
}

function ResultsRow({ scenario }: RowProps) {
  const { lab } = useParts();
  const { errand, save } = useSaving();
  const makeIn =
    (format: ResultFormat): Make =>
    (untilNs, options) =>
      exportResults(lab, scenario, untilNs, format, options);
  return (
    <Row title="Results" says="every metric of the run so far, as the command line prints it">
      {errand.done === undefined ? (
        RESULT_FORMATS.map((format) => (
          <button
            key={format.id}
            type="button"
            className="boxed"
            aria-label={`Save results as ${format.label}`}
            onClick={() => save(format.id === 'mmtests' ? 'mmtests' : 'results', format.extension, makeIn(format))}
          >
            {format.label}
          </button>
        ))
      ) : (
        <ErrandBar of={errand} label="Results counted" />
      )}
    </Row>
  );
}
