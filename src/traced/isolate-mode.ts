import { fieldOf, type TraceShape, type TraceTable, TraceValues } from '../abi/trace-table.ts';

/*
 * Kernels that do not name the list of a batch tell it by isolate_mode. Up to 3.1 that is a number: ISOLATE_INACTIVE 0,
 * ISOLATE_ACTIVE 1, ISOLATE_BOTH 2 (include/linux/swap.h); from 3.2 on a set of bits: inactive 1, active 2 (include/linux/mmzone.h).
 */
const ACTIVE = 1;
const ACTIVE_BIT = 2;
const LIST_BITS = 3;

/**
 * Whether a table's modes are bits. Nothing in the text says so; but lumpy reclaim aside, what is scanned comes from inactive lists,
 * and where their number 0 is missing they have another one.
 */
export function areModesBits(table: TraceTable): boolean {
  const fields = table.shapes.map((shape) => modeFieldOf(shape));
  if (fields.every(({ mode }) => mode < 0)) return false;
  const values = new TraceValues(table);
  // A batch that is judged has come from an inactive list.
  let isSure = table.shapes.some(({ event }) => event === 'mm_vmscan_lru_shrink_inactive');
  let highest = 0;
  for (let row = 0; row < table.count; row++) {
    const field = fields[table.shape[row]!]!;
    if (field.mode < 0) continue;
    const mode = values.number(row, field.mode);
    if (mode === 0) return false;
    highest = Math.max(highest, mode);
    // Both lists are taken from for higher orders only.
    isSure ||= mode >= LIST_BITS || (mode === ACTIVE_BIT && values.number(row, field.order) === 0);
  }
  return isSure || highest === 1;
}

function modeFieldOf(shape: TraceShape): { readonly mode: number; readonly order: number } {
  const isNamed = fieldOf(shape, 'lru') >= 0 || !/^mm_vmscan_(?:lru|memcg)_isolate$/.test(shape.event);
  return { mode: isNamed ? -1 : fieldOf(shape, 'isolate_mode'), order: fieldOf(shape, 'order') };
}

/** Of active lists alone, which are aged and not scanned. */
export const isOfActive = (mode: number, areBits: boolean): boolean =>
  areBits ? (mode & LIST_BITS) === ACTIVE_BIT : mode === ACTIVE;
