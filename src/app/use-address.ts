import { useEffect } from 'react';
import { layoutToWords } from '../store/link-layout.ts';
import { LINK_MAX_CHARS } from '../store/permalink.ts';
import { selectStatus } from '../store/playback.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { useSession } from './session-context.ts';

/** The address names this place whenever the run stands still; while it plays there is no such place. */
export function useAddress(): void {
  const session = useSession();
  const status = useApp(selectStatus);
  const speed = useApp((s) => s.speed);
  const layout = useApp((s) => JSON.stringify(layoutToWords(s)));
  const { feed } = useParts();
  useEffect(() => {
    if (status !== 'idle' || !feed.latest()) return;
    let current = true;
    void session.link().then((link) => {
      if (!current || !link) return;
      history.replaceState(null, '', link.length <= LINK_MAX_CHARS ? link : location.pathname + location.search);
    });
    void [speed, layout]; // parts of the link
    return () => {
      current = false;
    };
  }, [status, speed, layout, session, feed]);
  useEffect(() => {
    const onHash = () => void session.open(location.hash);
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [session]);
}
