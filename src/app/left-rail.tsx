import { useApp } from '../views/shared/app-context.ts';
import { KernelPick } from './kernel-pick.tsx';
import { KnobGroup } from './knob-group.tsx';
import { knobGroups } from './knob-groups.ts';
import { useTurned } from './knob-row.tsx';
import { SeedField } from './seed-field.tsx';

/** What to watch, what the scene leaves out, and everything that can be turned. */
export function LeftRail() {
  const watch = useApp((s) => s.scenario?.watch);
  const note = useApp((s) => s.scenario?.note);
  const recording = useApp((s) => s.recording);
  const knobs = useApp((s) => s.catalog?.knobs);
  const workloads = useApp((s) => s.catalog?.workloads);
  const workload = useApp((s) => s.scenario?.workload);
  const turned = useTurned();
  const relevant = workloads?.find((one) => one.id === workload)?.knobs;
  return (
    <aside className="rail rail-left" aria-label="What to watch, and knobs">
      <p className="watch">{watch}</p>
      {note && <p className="note">{note}</p>}
      {recording && turned.length > 0 && (
        <Dropped dropped={recording.dropped} name={recording.name} accesses={recording.what.length} />
      )}
      <section className="only-narrow knob-group" aria-label="Kernels and seed">
        <h2>Machines</h2>
        <KernelPick machine="A" />
        <KernelPick machine="B" />
        <SeedField />
      </section>
      {turned.length === 0 && <p className="note">Both machines were recorded: there is nothing to turn.</p>}
      {knobGroups(turned.length === 0 ? [] : (knobs ?? []), relevant).map((group) => (
        <KnobGroup key={group.title} title={group.title} knobs={group.knobs} />
      ))}
    </aside>
  );
}

/** What the importer left out is said, never hidden. */
function Dropped(props: {
  readonly name: string;
  readonly accesses: number;
  readonly dropped: {
    readonly kernelThreadLines: number;
    readonly metadataLines: number;
    readonly unknownLines: number;
  };
}) {
  const { name, accesses, dropped } = props;
  return (
    <p className="note">
      {name}: {accesses} accesses. Left out: {dropped.kernelThreadLines} lines of kernel threads,{' '}
      {dropped.metadataLines} on metadata, {dropped.unknownLines} unknown.
    </p>
  );
}
