import { type DragEvent, type ReactNode, useState } from 'react';
import { useApp } from '../views/shared/app-context.ts';
import { useSession } from './session-context.ts';

/** A recording or a scenario can be dropped anywhere on the page. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const mode = useApp((s) => s.mode);
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it ("Open file")
    <div
      className="page"
      data-over={over}
      data-mode={mode}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void session.openFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}
