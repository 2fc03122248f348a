import type { Result } from '../abi/errors.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Session } from '../store/session.ts';
import type { Parts } from '../views/shared/app-context.ts';

/** For tests and for the curious, in the browser's console. Nothing here can do more than the page itself. */
export interface Hooks {
  /** Ends the thread of one machine as a crash would. */
  kill(machine: MachineId): void;
  hashes(): Promise<Result<Record<MachineId, string>>>;
  seek(seconds: number): void;
  link(): Promise<string | undefined>;
  place(): { readonly atNs: number; readonly A: number; readonly B: number } | undefined;
}

declare global {
  interface Window {
    __reclaimscope?: Hooks;
  }
}

export function installHooks({ driver, feed }: Parts, session: Session): void {
  window.__reclaimscope = {
    kill: (machine) => driver.kill(machine),
    hashes: () => driver.hashes(),
    seek: (seconds) => driver.seek({ atNs: seconds * 1e9 }),
    link: () => session.link(),
    place: () => {
      const twin = feed.latest();
      return twin && { atNs: twin.atNs, A: twin.A.eventsDone, B: twin.B.eventsDone };
    },
  };
}
