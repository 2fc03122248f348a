import './sweep.css';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { Knob } from '../../abi/knob.ts';
import { sceneValue } from '../../store/run.ts';
import { useApp, useParts } from '../shared/app-context.ts';
import { describeMetric } from '../shared/derived-metrics.ts';
import { useWidth } from '../shared/use-width.ts';
import { firstAsk, planFor, rangeFor, type SweepAsk } from './ask.ts';
import { Chart } from './chart.tsx';
import { SweepForm } from './form.tsx';
import { keeperOf, type SweepState } from './keeper.ts';
import { type SweepPlan, scenarioOf } from './plan.ts';
import { evenPart, pointsOf } from './results.ts';
import { SweepTable } from './table.tsx';
import { csv, plainText, seedsText } from './text.ts';

const FIRST_METRICS = ['requests_per_page', 'direct_stall_s', 'disk_mib_per_s', 'written_by_reclaim'];

/** One knob, several values, several seeds: what comes out, as small charts of both machines. */
export default function SweepView() {
  const { store, lab } = useParts();
  const keeper = keeperOf(lab);
  const state = useSyncExternalStore(keeper.subscribe, keeper.get);
  const scenario = useApp((s) => s.scenario);
  const scene = useApp((s) => s.scene);
  const recording = useApp((s) => s.recording);
  const knobs = useRelevantKnobs();
  const standsAt = (path: string) => sceneValue(store.getState(), path, 'A');
  const [asked, setAsked] = useState<SweepAsk>();
  const [metrics, setMetrics] = useState<readonly string[]>(FIRST_METRICS);
  const [isTable, setTable] = useState(false);
  if (!scenario || !scene || knobs.length === 0) return <p className="note">Nothing runs yet.</p>;
  const known = asked && knobs.some(({ path }) => path === asked.path);
  const ask = known ? asked : firstAsk(knobs, scenario, standsAt);
  const knob = knobs.find(({ path }) => path === ask.path);
  return (
    <div className="sweep">
      <div className="sweep-form">
        <SweepForm
          ask={ask}
          knobs={knobs}
          metrics={metrics}
          onAsk={(change) => setAsked({ ...ask, ...change })}
          onKnob={(path) => {
            const next = knobs.find((one) => one.path === path);
            setAsked({ ...ask, path, ...rangeFor(next, standsAt(path)) });
          }}
          onMetrics={setMetrics}
        />
        <button
          type="button"
          className="boxed"
          disabled={!knob}
          onClick={() => {
            if (state.isRunning) keeper.cancel();
            else if (knob) void keeper.start(lab, planFor(knob, ask, scenario, scene), recording);
          }}
        >
          {state.isRunning ? 'Stop' : 'Run'}
        </button>
      </div>
      <div className="sweep-out">
        <Head state={state} metrics={metrics} isTable={isTable} onTable={setTable} />
        {state.plan ? (
          <Findings plan={state.plan} state={state} metrics={metrics} isTable={isTable} />
        ) : (
          <p className="note">
            Each value is run with each seed on both machines, from boot to the same virtual time, beside what is on the
            screen. All values get one seed before any gets the next: stop when you have seen enough.
          </p>
        )}
      </div>
    </div>
  );
}

/** Knobs of the machine and of the workload that runs. */
function useRelevantKnobs(): readonly Knob[] {
  const catalog = useApp((s) => s.catalog);
  const workload = useApp((s) => s.scenario?.workload);
  const own = catalog?.workloads.find(({ id }) => id === workload)?.knobs ?? [];
  return (catalog?.knobs ?? []).filter(({ path }) => !path.startsWith('workload.') || own.includes(path));
}

function Head(props: {
  readonly state: SweepState;
  readonly metrics: readonly string[];
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
}) {
  const { state, metrics, isTable, onTable } = props;
  const say = useApp((s) => s.say);
  const { plan, runs, total, done, isRunning, refusal } = state;
  if (!plan) return null;
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied.`);
    } catch {
      say('The browser does not let this page write to the clipboard.');
    }
  };
  return (
    <div className="sweep-head">
      <p role="status">
        <b>{plan.path.slice(plan.path.indexOf('.') + 1)}</b> {runs.length} of {total} runs, {seedsText(plan, runs)}
        {refusal && `. ${refusal}`}
      </p>
      {isRunning && <progress value={done} aria-label="Runs done" />}
      <span className="sweep-key" aria-hidden="true">
        <i className="of-A" /> A <i className="of-B" /> B
      </span>
      <button type="button" className="quiet" aria-pressed={isTable} onClick={() => onTable(!isTable)}>
        As table
      </button>
      <button type="button" className="quiet" onClick={() => void copy(plainText(plan, runs, metrics), 'Table')}>
        Copy text
      </button>
      <button type="button" className="quiet" onClick={() => void copy(csv(plan, runs, metrics), 'CSV')}>
        Copy CSV
      </button>
    </div>
  );
}

const CHART_WIDE = 250;
const CHART_HIGH = 88;

function Findings(props: {
  readonly plan: SweepPlan;
  readonly state: SweepState;
  readonly metrics: readonly string[];
  readonly isTable: boolean;
}) {
  const { plan, state, metrics, isTable } = props;
  const { store, driver } = useParts();
  const openDefinition = useApp((s) => s.openDefinition);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  // While it runs every point is shown as it comes; what is left standing is even.
  const runs = state.isRunning ? state.runs : evenPart(plan, state.runs);
  const open = (value: number, seed: number) => {
    const { scene, recording, say } = store.getState();
    const scenario = scenarioOf(plan, value, seed);
    store.getState().setRun(scene ?? scenario, scenario, recording);
    driver.load(scenario, { atNs: Math.min(plan.untilNs, scenario.untilS * 1e9) }, false, recording);
    say(`${plan.path} ${plan.values[value]}, seed ${seed}: the run of that point.`);
  };
  const columns = Math.max(1, Math.floor(width / CHART_WIDE));
  const home = plan.values.indexOf(sceneValue(store.getState(), plan.path, 'A') ?? '');
  return (
    <div ref={box} className="sweep-findings">
      {isTable ? (
        <SweepTable {...{ plan, runs, metrics }} onOpen={(value) => open(value, plan.seeds[0]!)} />
      ) : (
        <>
          <div className="sweep-charts" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {(width > 0 ? metrics : []).map((metric) => (
              <div key={metric}>
                <button type="button" className="metric" onClick={() => openDefinition(metric)}>
                  {describeMetric(metric)?.label ?? metric}
                  <small> {describeMetric(metric)?.unit}</small>
                </button>
                <Chart
                  plan={plan}
                  points={pointsOf(runs, metric)}
                  metric={metric}
                  width={Math.floor(width / columns) - 12}
                  height={CHART_HIGH}
                  home={home >= 0 ? home : undefined}
                  onOpen={open}
                />
              </div>
            ))}
          </div>
          <div className="spoken">
            <SweepTable {...{ plan, runs, metrics }} />
          </div>
        </>
      )}
    </div>
  );
}
