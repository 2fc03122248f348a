import type { Lens } from '../../abi/frame.ts';
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

export function lensText(lens: Lens): string {
  const { clean, dirty, writeback } = countStates(lens.cells);
  const held = holders(lens);
  return `Of the last ${lens.cells.length} pages of the inactive file list ${clean} are clean, ${dirty} dirty, ${writeback} being written${held ? `; ${held}` : ''}.`;
}
