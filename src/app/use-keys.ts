import { useEffect } from 'react';
import { useParts } from '../views/shared/app-context.ts';
import {
  click,
  copyLink,
  faster,
  jumpBy,
  mark,
  nextOrder,
  swap,
  switchBranch,
  togglePlay,
  togglePresenter,
  toggleTheme,
  toLive,
  wholeRun,
} from './actions.ts';
import { useSession } from './session-context.ts';

const isOwnKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, [role="listbox"], [role="dialog"]') !== null;

export function useKeys(): void {
  const parts = useParts();
  const session = useSession();
  useEffect(() => {
    const { driver, store } = parts;
    const actions: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
      ' ': () => togglePlay(parts),
      '.': () => driver.step({ kind: store.getState().stepKind }, store.getState().machine),
      ',': () => driver.stepBack({ kind: store.getState().stepKind }, store.getState().machine),
      ArrowRight: (event) => jumpBy(parts, event.shiftKey ? 1e9 : 100e6),
      ArrowLeft: (event) => jumpBy(parts, event.shiftKey ? -1e9 : -100e6),
      Home: () => driver.seek({ atNs: 0 }),
      l: () => toLive(parts),
      ']': () => faster(parts, 1),
      '[': () => faster(parts, -1),
      a: () => mark(parts, 'a'),
      b: () => mark(parts, 'b'),
      s: () => swap(parts),
      c: () => void copyLink(parts, session),
      t: () => toggleTheme(parts),
      e: () => store.getState().openDefinition('export'),
      v: () => nextOrder(parts),
      // What is pinned first, then what is zoomed.
      Escape: () => (store.getState().pinned ? store.getState().pin(undefined) : wholeRun(parts)),
      p: (event) => event.shiftKey && togglePresenter(parts),
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
    // Before the scrubber or a scrolling part takes them: a clicker has no other keys.
    const onClicker = (event: KeyboardEvent) => {
      const direction = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : undefined;
      if (direction === undefined || store.getState().mode !== 'presenter') return;
      event.preventDefault();
      event.stopPropagation();
      click(parts, direction);
    };
    window.addEventListener('keydown', onClicker, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onClicker, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, [parts, session]);
}
