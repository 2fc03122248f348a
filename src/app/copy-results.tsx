import { runName } from '../store/traced.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { CopyButton } from '../views/shared/copy-button.tsx';
import { useSession } from './session-context.ts';

/** The numbers as text: the tables alone, or a whole reply to a mail. */
export function CopyResults() {
  const { store, feed, history } = useParts();
  const session = useSession();
  const isReady = useApp((s) => s.scenario !== undefined);
  if (!isReady) return null;
  const tables = async () => {
    const { resultsText } = await import('../views/shared/results-text.ts');
    const state = store.getState();
    const twin = feed.latest();
    return twin ? resultsText(twin, { A: runName(state, 'A'), B: runName(state, 'B') }, state.seeks) : '';
  };
  const reply = async () => {
    const { replyText } = await import('../views/shared/reply-text.ts');
    const { scenario, scene, catalog, seeks } = store.getState();
    const twin = feed.latest();
    if (!scenario || !scene || !twin) return '';
    const link = await session.link();
    return replyText({ scenario, scene, kernels: catalog?.kernels ?? [], twin, stalls: history.stalls, seeks, link });
  };
  return (
    <div className="copies">
      <CopyButton label="Copy as text" text={tables} />
      <CopyButton label="Copy for mail" text={reply} />
    </div>
  );
}
