import { useEffect } from 'react';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { saveScenario, switchBranch } from './actions.ts';
import { changeVersion } from './offline.ts';
import { useSession } from './session-context.ts';

const SHOWN_MS = 4000;
/** What offers a button stays until a hand has found it. */
const OFFERED_MS = 12_000;

/** One short sentence about what was just done or refused, and the button that goes with it. */
export function Notice() {
  const parts = useParts();
  const session = useSession();
  const notice = useApp((s) => s.notice);
  const offer = useApp((s) => s.offer);
  const say = useApp((s) => s.say);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => say(''), offer ? OFFERED_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, offer, say]);
  return (
    <output className="notice" data-shown={notice !== ''}>
      {notice}
      {offer === 'undo' && (
        <button type="button" onClick={() => switchBranch(parts, 'undo')}>
          Undo
        </button>
      )}
      {offer === 'save' && (
        <button type="button" onClick={() => void saveScenario(parts, session)}>
          Save file
        </button>
      )}
      {offer === 'reload' && (
        <button type="button" onClick={() => void changeVersion()}>
          Reload
        </button>
      )}
    </output>
  );
}
