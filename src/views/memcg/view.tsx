import './memcg.css';
import '../shared/over-picture.css';
import { useCallback } from 'react';
import { AS_THE_KERNEL } from '../../abi/knob.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { kernelAnswer, knobAt } from '../../store/run.ts';
import { useApp, useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawGroups, markGroups } from './draw.ts';
import { GroupHead, GroupLists } from './group.tsx';
import { GROUP_PX, GROUPS_MAX, HEAD_PX, heightOf, INACTIVE_FILE, INDENT_PX, rowsOf, ZONE_BAR_PX } from './layout.ts';
import { groupAt } from './pick.ts';
import { Recorded } from './recorded.tsx';
import { memcgText, reclaimersWords, showsDirty, zoneWords } from './text.ts';

const CLEANER = 'policy.memcg_cleaner';

/** The groups: what they hold in their limits, on which of their lists, and which of it the zone's list has too. */
export default function MemcgView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const { cleaner, words, isSeen } = useCleaner(machine);
  const open = useApp((s) => s.openDefinition);
  const rows = rowsOf(frame?.memcgs ?? []);
  const hidden = (frame?.memcgs.length ?? 0) - GROUPS_MAX;
  const zone = frame?.listPages[INACTIVE_FILE] ?? 0;
  return (
    <section className="view memcg" aria-label={`Memory cgroups of ${machine}`} data-cleaner={cleaner}>
      <h3>
        Memory cgroups <TableButton view="memcg" machine={machine} />
        {!frame?.traced && (
          <small>
            cleaned by{' '}
            <button type="button" className="metric" title={words} onClick={() => open(`knob:${CLEANER}`)}>
              {words}
            </button>
          </small>
        )}
      </h3>
      {frame?.traced ? (
        <Recorded machine={machine} frame={frame} />
      ) : frame && rows.length > 0 ? (
        <>
          <div className="memcg-groups" style={{ height: heightOf(rows.length) }}>
            <Groups machine={machine} isSeen={isSeen} />
            {rows.map(({ memcg, depth }) => (
              <div
                key={memcg.name}
                className="over-picture"
                style={{ height: GROUP_PX, paddingLeft: depth * INDENT_PX }}
              >
                <GroupHead memcg={memcg} pageBytes={frame.memory.pageBytes} />
                <GroupLists lists={memcg.lists ?? []} />
              </div>
            ))}
            <p className="over-picture picture-line" style={{ height: HEAD_PX, marginBottom: ZONE_BAR_PX }}>
              <TermButton of="memcg:zone">zone’s inact file {group(zone)}</TermButton>
              <span className="value words">{zoneWords(frame)}</span>
            </p>
          </div>
          <p className="picture-line">
            <span>
              at a limit now: <b>{reclaimersWords(frame.tasks)}</b>
              {hidden > 0 && ` · ${hidden} more groups`}
            </span>
            {!isSeen && (
              <TermButton of="memcg:unseen">
                <i className="key-unseen" aria-hidden="true" /> not in memory.stat
              </TermButton>
            )}
          </p>
        </>
      ) : (
        <p className="picture-line">This machine has none.</p>
      )}
      <Spoken text={() => (frame ? memcgText(frame, frame.traced ? '' : words) : '')} />
    </section>
  );
}

/** What cleans the groups of this machine: its knob, or its kernel's answer. It is read at boot. */
function useCleaner(machine: MachineId) {
  const kernel = useApp((s) => s.scenario?.kernels[machine] ?? '');
  const cleaner = useApp((s) => {
    const value = knobAt(s, CLEANER, machine, 0);
    return String(value === AS_THE_KERNEL ? kernelAnswer(s, CLEANER, machine) : value);
  });
  const words = useApp((s) => {
    const knob = s.catalog?.knobs.find(({ path }) => path === CLEANER);
    return (knob?.kind === 'choice' && knob.options.find(({ id }) => id === cleaner)?.label) || cleaner;
  });
  return { cleaner, words, isSeen: showsDirty(kernel, cleaner) };
}

const pick: Pick = (x, y, { width }, frame) => {
  const name = groupAt(x, y, width, frame);
  return name === undefined ? undefined : { kind: 'memcg', name };
};
const marks: Marks = (ctx, size, frame, lit, palette) => markGroups(ctx, size, frame, lit, palette);
const walk: Walk = {
  label: 'memory cgroups',
  count: ({ memcgs }) => rowsOf(memcgs).length,
  at: (step, { memcgs }) => {
    const row = rowsOf(memcgs)[step];
    return row && { kind: 'memcg', name: row.memcg.name };
  },
};

function Groups({ machine, isSeen }: LaneProps & { readonly isSeen: boolean }) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawGroups(ctx, size, twin[machine], isSeen, palette),
    [machine, isSeen],
  );
  const inputs = useCallback<Inputs>(
    ({ twin }) => [twin[machine].memcgs, twin[machine].listPages, twin[machine].memory.totalPages],
    [machine],
  );
  return (
    <Inspectable machine={machine} className="memcg-picture" pick={pick} marks={marks} walk={walk}>
      <canvas ref={useCanvas(draw, inputs)} />
    </Inspectable>
  );
}
