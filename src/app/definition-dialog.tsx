import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ComponentType, lazy, type ReactNode, Suspense, useRef } from 'react';
import type { MachineFrame } from '../abi/frame.ts';
import type { SampleHistory } from '../store/sample-history.ts';
import { DOCK_VIEWS, LANE_VIEWS } from '../views/registry.ts';
import { useApp, useParts, useTwin } from '../views/shared/app-context.ts';
import { describeMetric, metricValue, partsOf } from '../views/shared/derived-metrics.ts';
import { short } from '../views/shared/format.ts';
import { columnOf, readingAt } from '../views/shared/sampled.ts';
import { AllNumbers } from './all-numbers.tsx';
import { HelpText } from './help-text.tsx';
import { KernelDefinition } from './kernel-definition.tsx';
import { KnobDefinition } from './knob-definition.tsx';
import { PastDefinition } from './past-definition.tsx';
import { StacksDefinition } from './stacks-definition.tsx';
import { TableDefinition } from './table-definition.tsx';
import { TermDefinition } from './term-definition.tsx';
import { TracedDefinition } from './traced-definition.tsx';

const ExportPanel = lazy(() => import('./export/export-panel.tsx'));
const RecordPage = lazy(() => import('./record/record-page.tsx'));

/** Windows that are about no single thing. */
const PAGES: Readonly<Record<string, { readonly title: string; readonly Body: ComponentType }>> = {
  all: { title: 'All numbers', Body: AllNumbers },
  export: { title: 'Export', Body: ExportPanel },
  help: { title: 'Reclaimscope', Body: HelpText },
  past: { title: 'The run as a picture', Body: PastDefinition },
  record: { title: 'Record your own', Body: RecordPage },
};

/** What a number or a knob is: one window for all of them, so that nothing on the screen is without its meaning. */
export default function DefinitionDialog() {
  const definition = useApp((s) => s.definition);
  const open = useApp((s) => s.openDefinition);
  // Kept while the window closes, or its text would vanish before it does.
  const last = useRef(definition);
  if (definition) last.current = definition;
  return (
    <Dialog.Root open={definition !== undefined} onOpenChange={(isOpen) => !isOpen && open(undefined)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog" data-testid="definition">
          <Contents of={last.current ?? ''} />
          <Dialog.Close className="icon dialog-close" aria-label="Close">
            <X size={18} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Contents({ of }: { readonly of: string }) {
  const knobs = useApp((s) => s.catalog?.knobs);
  const kernels = useApp((s) => s.catalog?.kernels);
  const page = PAGES[of];
  if (page)
    return (
      <Titled title={page.title}>
        <Suspense>
          <page.Body />
        </Suspense>
      </Titled>
    );
  if (of.startsWith('knob:')) {
    const knob = knobs?.find((one) => one.path === of.slice('knob:'.length));
    return knob ? (
      <Titled title={knob.label} code={knob.path}>
        <KnobDefinition knob={knob} />
      </Titled>
    ) : null;
  }
  if (of.startsWith('stacks:')) {
    const machine = of === 'stacks:B' ? 'B' : 'A';
    return (
      <Titled title={`Kernel stacks of ${machine}`}>
        <StacksDefinition machine={machine} />
      </Titled>
    );
  }
  if (of.startsWith('table:')) {
    const [, view = '', machine] = of.split(':');
    return (
      <Titled title={LANE_VIEWS.find(({ id }) => id === view)?.title ?? ''}>
        <TableDefinition key={view} view={view} machine={machine === 'B' ? 'B' : 'A'} />
      </Titled>
    );
  }
  if (of.startsWith('kernel:')) {
    const kernel = kernels?.find((one) => one.id === of.slice('kernel:'.length));
    return kernel ? (
      <Titled title={kernel.title} code={kernel.id}>
        <KernelDefinition kernel={kernel} />
      </Titled>
    ) : null;
  }
  if (of.startsWith('traced:')) return <TracedDefinition name={of} />;
  const view = [...LANE_VIEWS, ...DOCK_VIEWS].find(({ id }) => of.startsWith(`${id}:`));
  if (view?.terms) return <TermDefinition key={of} name={of} terms={view.terms} needs={view.needs} />;
  return <MetricDefinition name={of} />;
}

function Titled({
  title,
  code,
  children,
}: {
  readonly title: string;
  readonly code?: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <Dialog.Title className="dialog-title">{title}</Dialog.Title>
      {code && code !== title && <code className="dialog-code">{code}</code>}
      {children}
    </>
  );
}

/** A metric stands in every frame; counters of /proc/vmstat beside them are known by their samples. */
function valueNow(frame: MachineFrame, samples: SampleHistory, name: string): number {
  const column = columnOf(name);
  const value = metricValue(frame, name);
  return Number.isNaN(value) && column >= 0 ? readingAt(samples, column, frame.nowNs, false) : value;
}

const COUNTED_BY = {
  kernel: 'the kernel itself',
  script: 'the series’ script, from the kernel’s events',
  disk: 'the disk and its tools',
  simulator: 'the simulator: no kernel has this number',
} as const;

function MetricDefinition({ name }: { readonly name: string }) {
  const open = useApp((s) => s.openDefinition);
  const { history } = useParts();
  const twin = useTwin(250);
  const metric = describeMetric(name);
  if (!metric) return null;
  const value = (id: 'A' | 'B') => {
    const number = twin ? valueNow(twin[id], history.samples[id], name) : Number.NaN;
    if (Number.isNaN(number)) return twin?.[id].traced ? 'not in this trace' : 'not in this run';
    return `${short(number)} ${metric.unit}`;
  };
  return (
    <Titled title={metric.label} code={metric.name}>
      <p>{metric.definition}</p>
      {'leftOut' in metric && <p>Left out: {metric.leftOut || 'nothing that the model has.'}</p>}
      <dl>
        <dt>A</dt>
        <dd>{value('A')}</dd>
        <dt>B</dt>
        <dd>{value('B')}</dd>
        {'source' in metric && (
          <>
            <dt>Follows</dt>
            <dd>{metric.source}</dd>
          </>
        )}
        {'rule' in metric && metric.rule && (
          <>
            <dt>Rule</dt>
            <dd>{metric.rule}</dd>
          </>
        )}
        {'from' in metric && (
          <>
            <dt>Counted by</dt>
            <dd>{COUNTED_BY[metric.from]}</dd>
          </>
        )}
        {'of' in metric && (
          <>
            <dt>Made from</dt>
            <dd>
              {partsOf(metric).map((part) => (
                <button key={part.name} type="button" className="metric part" onClick={() => open(part.name)}>
                  {part.name}
                </button>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Titled>
  );
}
