import { useEffect } from 'react';
import { useApp } from '../views/shared/app-context.ts';

const SHOWN_MS = 4000;

/** One short sentence about what was just done or refused. */
export function Notice() {
  const notice = useApp((s) => s.notice);
  const say = useApp((s) => s.say);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => say(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, say]);
  return (
    <output className="notice" data-shown={notice !== ''}>
      {notice}
    </output>
  );
}
