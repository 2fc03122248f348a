import type { ReactNode } from 'react';
import { useApp } from './app-context.ts';

/** A number or its name: a click says what it is. `of`: a metric's name, or that of a view's term. */
export function TermButton({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  const open = useApp((s) => s.openDefinition);
  return (
    <button type="button" className="metric" onClick={() => open(of)}>
      {children}
    </button>
  );
}
