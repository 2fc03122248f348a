import { LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';

export type ListName = (typeof LIST_NAMES)[number];

type Lists = Pick<MachineFrame, 'cells' | 'listPages'>;

/** Where the cells of a list begin among those of the frame. */
export function startOf({ listPages }: Pick<Lists, 'listPages'>, list: ListName): number {
  return listPages.slice(0, LIST_NAMES.indexOf(list)).reduce((sum, pages) => sum + pages, 0);
}

/** The cells of one list, newest first. */
export function cellsOf(frame: Lists, list: ListName): Uint8Array {
  const start = startOf(frame, list);
  return frame.cells.subarray(start, start + (frame.listPages[LIST_NAMES.indexOf(list)] ?? 0));
}
