import type { ReactNode } from 'react';
import { selectStatus } from '../store/playback.ts';
import { useApp } from '../views/shared/app-context.ts';
import { sheetStop } from './sheet-stops.ts';

/** The middle of the page; says for tests and style sheets what it shows and whether anything moves. */
export function PageMain({ children }: { readonly children: ReactNode }) {
  const status = useApp(selectStatus);
  const sheet = useApp((s) => s.sheet);
  const stop = useApp(sheetStop);
  const machine = useApp((s) => s.machine);
  return (
    <main data-status={status} data-sheet={sheet} data-stop={stop} data-machine={machine}>
      <h1 className="spoken">Reclaimscope</h1>
      {children}
    </main>
  );
}
