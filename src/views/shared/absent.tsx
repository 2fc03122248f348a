import './absent.css';
import { useApp } from './app-context.ts';

/** In the place of what a trace does not tell: which events to enable, and the way to the page that says how. */
export default function Absent({ says }: { readonly says: string }) {
  const open = useApp((s) => s.openDefinition);
  return (
    <p className="absent">
      {says}{' '}
      <button type="button" className="absent-how" onClick={() => open('record')}>
        How to record it
      </button>
    </p>
  );
}
