import type { Mode } from '../store/layout.ts';

/** Lane views that stand open where there is less room, or larger type, than at a desk; there the registry says. */
const OPEN_IN: Partial<Readonly<Record<Mode, readonly string[]>>> = {
  presenter: ['cycle', 'lru', 'disk', 'tasks'],
  embed: ['lru', 'disk'],
};

/** Whether a view is shown: by hand first, except in a frame of another page, where nothing can be opened. */
export function isShown(
  { id, isOpen }: { readonly id: string; readonly isOpen: boolean },
  mode: Mode,
  panels: Readonly<Record<string, 'open' | 'closed'>>,
): boolean {
  const byHand = mode === 'embed' ? undefined : panels[id];
  return byHand === undefined ? (OPEN_IN[mode]?.includes(id) ?? isOpen) : byHand === 'open';
}
