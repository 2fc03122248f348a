import { useEffect } from 'react';
import { selectStatus } from '../store/playback.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { useSession } from './session-context.ts';

/** The address names this place whenever the run stands still; while it plays there is no such place. */
export function useAddress(): void {
  const session = useSession();
  const status = useApp(selectStatus);
  const speed = useApp((s) => s.speed);
  const { feed } = useParts();
  useEffect(() => {
    if (status !== 'idle' || !feed.latest()) return;
    let current = true;
    void session.link().then((link) => {
      if (current && link) history.replaceState(null, '', link);
    });
    void speed; // part of the link
    return () => {
      current = false;
    };
  }, [status, speed, session, feed]);
  useEffect(() => {
    const onHash = () => void session.open(location.hash);
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [session]);
}
