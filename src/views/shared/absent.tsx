import './absent.css';
import type { ReactNode } from 'react';
import type { TracedPart } from '../../abi/traced.ts';
import { isRecordable } from './absent-words.ts';
import { useApp } from './app-context.ts';

interface AbsentProps {
  readonly says: string;
  /** What is missing. */
  readonly parts: readonly TracedPart[];
  /** A heading that runs in. */
  readonly children?: ReactNode;
}

/** In the place of what a trace does not tell: which events to enable, and the way to the page that says how. */
export default function Absent({ says, parts, children }: AbsentProps) {
  const open = useApp((s) => s.openDefinition);
  return (
    <div className="absent">
      {children} {says}{' '}
      {isRecordable(parts) && (
        <button type="button" className="absent-how" onClick={() => open('record')}>
          How to record it
        </button>
      )}
    </div>
  );
}
