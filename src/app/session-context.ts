import { createContext, useContext } from 'react';
import type { Session } from '../store/session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a part of the frame stands outside of SessionContext');
  return session;
}
