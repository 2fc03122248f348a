import type { BatchFrame, Lens, MachineFrame } from '../../abi/frame.ts';
import { absentText } from '../shared/absent-words.ts';
import { countStates } from '../shared/cells.ts';

/** "kswapd and W2 hold 32 each", "kswapd holds 32, W1 17"; empty when nothing is isolated. */
export function holders({ batches }: Lens): string {
  const [first, ...others] = batches;
  if (!first) return '';
  if (others.length === 0) return `${first.by} holds ${first.pages}`;
  const isSame = others.every((batch) => batch.pages === first.pages);
  if (isSame && batches.length > 3) return `${batches.length} reclaimers hold ${first.pages} each`;
  if (isSame) {
    const names = batches.map((batch) => batch.by);
    return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} hold ${first.pages} each`;
  }
  return batches.map((batch) => `${batch.by} ${batch.pages}`).join(', ');
}

/** "28 freed, 4 kept, of these 3 dirty, 1 being written". */
export function batchWords({
  takenPages,
  freedPages,
  dirtyPages,
  writebackPages,
}: Pick<BatchFrame, 'takenPages' | 'freedPages' | 'dirtyPages' | 'writebackPages'>): string {
  const kept = takenPages - freedPages;
  const rest =
    kept > 0 && !Number.isNaN(dirtyPages) ? `, of these ${dirtyPages} dirty, ${writebackPages} being written` : '';
  return `${freedPages} freed, ${kept} kept${rest}`;
}

/** All of the trail together: "224 freed, 32 kept, 30 dirty"; "none yet" before the first. */
export function trailWords({ trail }: Pick<Lens, 'trail'>): string {
  if (trail.length === 0) return 'none yet';
  const sum = (of: (batch: BatchFrame) => number) => trail.reduce((all, batch) => all + of(batch), 0);
  const freed = sum(({ freedPages }) => freedPages);
  const dirty = sum(({ dirtyPages }) => dirtyPages);
  const kept = `${freed} freed, ${sum(({ takenPages }) => takenPages) - freed} kept`;
  return Number.isNaN(dirty) ? kept : `${kept}, ${dirty} dirty`;
}

export function lensText(frame: Pick<MachineFrame, 'lens' | 'traced'>): string {
  const { lens } = frame;
  const trail = `The last ${lens.trail.length} batches: ${trailWords(lens)}.`;
  const missing = absentText(frame, ['cells']);
  if (missing) return `${missing} ${trail}`;
  const { clean, dirty, writeback } = countStates(lens.cells);
  const held = holders(lens);
  return `Of the last ${lens.cells.length} pages of the inactive file list ${clean} are clean, ${dirty} dirty, ${writeback} being written${held ? `; ${held}` : ''}. ${trail}`;
}
