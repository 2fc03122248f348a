import './absent.css';
import type { ReactNode } from 'react';
import { useApp } from './app-context.ts';

interface AbsentProps {
  readonly says: string;
  /** A heading that runs in. */
  readonly children?: ReactNode;
}

/** In the place of what a trace does not tell: which events to enable, and the way to the page that says how. */
export default function Absent({ says, children }: AbsentProps) {
  const open = useApp((s) => s.openDefinition);
  return (
    <div className="absent">
      {children} {says}{' '}
      <button type="button" className="absent-how" onClick={() => open('record')}>
        How to record it
      </button>
    </div>
  );
}
