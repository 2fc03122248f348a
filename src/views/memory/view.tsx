import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import type { MemoryFrame } from '../../abi/frame.ts';
import { absentText } from '../shared/absent-words.ts';
import { useTwin } from '../shared/app-context.ts';
import { group, mib } from '../shared/format.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { drawMemcg, scaleOf } from '../shared/memcg-meter.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawDirty, drawFree, drawPriority, markMemcg } from './draw.ts';
import { dirtyWords, memoryText } from './text.ts';

const Absent = lazy(() => import('../shared/absent.tsx'));

interface MeterProps {
  readonly label: string;
  readonly value: string;
  /** The definition of the value. */
  readonly of?: string;
  readonly draw: Draw;
  readonly inputs: Inputs;
  /** Makes what it measures a thing that can be pointed at. */
  readonly around?: (canvas: ReactNode) => ReactNode;
}

function Meter({ label, value, of, draw, inputs, around = (canvas) => canvas }: MeterProps) {
  const ref = useCanvas(draw, inputs);
  return (
    <div className="meter">
      <span className="caption">{label}</span>
      <span className="value">{of && value ? <TermButton of={of}>{value}</TermButton> : value}</span>
      {around(<canvas ref={ref} />)}
    </div>
  );
}

function Group({
  machine,
  index,
  name,
  value,
}: LaneProps & { readonly index: number; readonly name: string; readonly value: string }) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => {
      const { memcgs, memory } = twin[machine];
      const memcg = memcgs[index];
      if (memcg) drawMemcg(ctx, size, memcg, scaleOf(memcgs, memory.totalPages), palette);
    },
    [machine, index],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].memcgs], [machine]);
  const { pick, marks, walk } = useMemo(() => pointingAt(name), [name]);
  return (
    <Meter
      label={name}
      value={value}
      of="memcg:usage"
      draw={draw}
      inputs={inputs}
      around={(canvas) => (
        <Inspectable machine={machine} pick={pick} marks={marks} walk={walk}>
          {canvas}
        </Inspectable>
      )}
    />
  );
}

function pointingAt(name: string): { readonly pick: Pick; readonly marks: Marks; readonly walk: Walk } {
  const thing = { kind: 'memcg', name } as const;
  return {
    pick: () => thing,
    marks: (ctx, size, _frame, lit, palette) => markMemcg(ctx, size, name, lit, palette),
    walk: { label: `group ${name}`, count: () => 1, at: () => thing },
  };
}

const PARTS = ['memory', 'dirty'] as const;

/** More are in the groups' own view. */
const GROUPS_MAX = 4;

/** Pressure in one glance: free pages against the watermarks, dirty pages against the thresholds, groups against limits. */
export function MemoryView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const missing = frame && absentText(frame, PARTS);
  // A trace may name a group and not tell what it holds.
  const groups = (frame?.memcgs ?? [])
    .map((memcg, index) => ({ memcg, index }))
    .filter(({ memcg }) => !Number.isNaN(memcg.usagePages));
  return (
    <section className="view memory" aria-label={`Memory of ${machine}`}>
      <h3>
        Memory <span>free, dirty{groups.length > 0 ? ', groups' : ''}</span>
        <TableButton view="memory" machine={machine} />
      </h3>
      <div className={missing ? 'memory-beside' : undefined}>
        <Tanks machine={machine} memory={frame?.memory} />
        {missing && (
          <Suspense>
            <Absent says={missing} parts={PARTS} />
          </Suspense>
        )}
      </div>
      <div className="meters">
        {groups.slice(0, GROUPS_MAX).map(({ memcg, index }) => (
          <Group
            key={memcg.name}
            machine={machine}
            index={index}
            name={memcg.name}
            value={`${mib(memcg.usagePages, frame?.memory.pageBytes ?? 0)} MiB`}
          />
        ))}
      </div>
      <Spoken text={() => (frame ? memoryText(frame) : '')} />
    </section>
  );
}

/** Those of which the machine tells: a trace may not. */
function Tanks({ machine, memory }: LaneProps & { readonly memory: MemoryFrame | undefined }) {
  const free = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawFree(ctx, size, twin[machine].memory, palette),
    [machine],
  );
  const dirty = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawDirty(ctx, size, twin[machine].memory, palette),
    [machine],
  );
  const ladder = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawPriority(ctx, size, twin[machine].memory.priority, palette),
    [machine],
  );
  const freeInputs = useCallback<Inputs>(
    ({ twin }) => [twin[machine].memory.freePages, twin[machine].memory.watermarks],
    [machine],
  );
  const dirtyInputs = useCallback<Inputs>(
    ({ twin }) => {
      const { dirtyPages, writebackPages, backgroundThreshPages, dirtyThreshPages } = twin[machine].memory;
      return [dirtyPages, writebackPages, backgroundThreshPages, dirtyThreshPages];
    },
    [machine],
  );
  const ladderInputs = useCallback<Inputs>(({ twin }) => [twin[machine].memory.priority], [machine]);
  const has = (value: number | undefined) => !Number.isNaN(value);
  return (
    <div className={has(memory?.freePages) ? 'tanks' : 'tanks tanks-few'}>
      {has(memory?.freePages) && (
        <Meter
          label="free"
          value={memory ? group(memory.freePages) : ''}
          of="nr_free_pages"
          draw={free}
          inputs={freeInputs}
        />
      )}
      {has(memory?.priority) && <Meter label="priority" value="" draw={ladder} inputs={ladderInputs} />}
      {has(memory?.dirtyPages) && (
        <Meter
          label="dirty"
          value={memory ? dirtyWords(memory) : ''}
          of="memory:dirty"
          draw={dirty}
          inputs={dirtyInputs}
        />
      )}
    </div>
  );
}
