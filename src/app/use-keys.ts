import { useEffect } from 'react';
import { useParts } from '../views/shared/app-context.ts';
import { copyLink, faster, jumpBy, swap, switchBranch, togglePlay, toggleTheme, toLive } from './actions.ts';
import { useSession } from './session-context.ts';

/** What each key does; the help dialog prints this list. */
export const KEYS: readonly { readonly key: string; readonly does: string }[] = [
  { key: 'Space', does: 'play or pause' },
  { key: '.', does: 'one step forward' },
  { key: ',', does: 'one step back' },
  { key: '→ ←', does: '0.1 s forward or back; with Shift 1 s' },
  { key: 'Home', does: 'to the start' },
  { key: 'L', does: 'to the furthest time computed' },
  { key: ']  [', does: 'faster or slower' },
  { key: 'S', does: 'select the other machine: steps act on it' },
  { key: 'C', does: 'copy the link to this place' },
  { key: 'Ctrl+Z', does: 'undo the latest turned knob; with Shift turn it again' },
  { key: 'T', does: 'dark or light' },
  { key: '?', does: 'this list' },
];

const isOwnKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, [role="listbox"], [role="dialog"], [role="slider"]') !== null;

export function useKeys(): void {
  const parts = useParts();
  const session = useSession();
  useEffect(() => {
    const { driver, store } = parts;
    const actions: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
      ' ': () => togglePlay(parts),
      '.': () => driver.step(store.getState().stepKind, store.getState().machine),
      ',': () => driver.stepBack(store.getState().stepKind, store.getState().machine),
      ArrowRight: (event) => jumpBy(parts, event.shiftKey ? 1e9 : 100e6),
      ArrowLeft: (event) => jumpBy(parts, event.shiftKey ? -1e9 : -100e6),
      Home: () => driver.seek({ atNs: 0 }),
      l: () => toLive(parts),
      ']': () => faster(parts, 1),
      '[': () => faster(parts, -1),
      s: () => swap(parts),
      c: () => void copyLink(parts, session),
      t: () => toggleTheme(parts),
      '?': () => store.getState().openDefinition('help'),
    };
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z') {
        // A field that is being typed in undoes its own letters.
        if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
        event.preventDefault();
        switchBranch(parts, event.shiftKey ? 'redo' : 'undo');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isOwnKeys(event.target)) return;
      // A focused button wants Space for itself.
      if (event.key === ' ' && event.target instanceof HTMLElement && event.target.closest('button, [role="combobox"]'))
        return;
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [parts, session]);
}
