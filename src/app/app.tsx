import './base.css';
import './frame.css';
import './lanes.css';
import './controls.css';
import './inspect.css';
import './narrow.css';
import './sheet.css';
import './presenter.css';
import './forced.css';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { RECORDINGS } from '../scenarios/recordings.ts';
import { SCENES, shippedTraces } from '../scenarios/registry.ts';
import { Session } from '../store/session.ts';
import { selectHasTrace } from '../store/traced.ts';
import type { TracedMachines } from '../store/traced-machines.ts';
import { type Parts, PartsContext, useApp } from '../views/shared/app-context.ts';
import { DropZone } from './drop-zone.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { installHooks } from './hooks.ts';
import { Lane } from './lane.tsx';
import { LeftRail } from './left-rail.tsx';
import { Notice } from './notice.tsx';
import { keepForOffline } from './offline.ts';
import { PageMain } from './page-main.tsx';
import { RightRail } from './right-rail.tsx';
import { SessionContext } from './session-context.ts';
import { SheetTabs, SwapBar } from './sheet-tabs.tsx';
import { Summary } from './summary.tsx';
import { systemTheme, useTheme } from './theme.ts';
import { Tooltip } from './tooltip.tsx';
import { TopBar } from './top-bar.tsx';
import { Transport } from './transport.tsx';
import { useAddress } from './use-address.ts';
import { useClock } from './use-clock.ts';
import { useKeys } from './use-keys.ts';
import { useLooking } from './use-looking.ts';

const Dock = lazy(() => import('./dock.tsx'));
const DefinitionDialog = lazy(() => import('./definition-dialog.tsx'));
const TraceBar = lazy(() => import('./trace-bar.tsx'));
const EmbedPage = lazy(() => import('./embed-page.tsx'));

const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The page: what stays for its life is made once here, everything else reads it from the two contexts. */
export function App({ parts, traces }: { readonly parts: Parts; readonly traces: TracedMachines }) {
  const session = useMemo(() => {
    const shipped = { scenes: SCENES, shipped: RECORDINGS, shippedTraces };
    return new Session({ ...parts, ...shipped, traces, startPaused: isCalm() });
  }, [parts, traces]);
  useEffect(() => {
    parts.store.getState().setTheme(systemTheme());
    installHooks(parts, session);
    void session.open(location.hash);
    const stop = parts.feed.subscribe(() => {
      stop();
      void session.makeReady().then(() => keepForOffline(parts.store));
    });
  }, [parts, session]);
  return (
    <PartsContext value={parts}>
      <SessionContext value={session}>
        <Page />
      </SessionContext>
    </PartsContext>
  );
}

function Page() {
  useTheme();
  useClock();
  useKeys();
  useAddress();
  useLooking();
  const isEmbedded = useApp((s) => s.mode === 'embed');
  return (
    <DropZone>
      {isEmbedded ? (
        <Suspense>
          <EmbedPage />
        </Suspense>
      ) : (
        <Desk />
      )}
      <Notice />
      <Tooltip />
      <Summary />
    </DropZone>
  );
}

function Desk() {
  const hasTrace = useApp(selectHasTrace);
  return (
    <>
      <TopBar />
      <PageMain>
        <SwapBar />
        <LeftRail />
        <div className="stage">
          <Suspense>{hasTrace && <TraceBar />}</Suspense>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to get in */}
          <section className="lanes" aria-label="Machines" tabIndex={0}>
            <Watch />
            <Lane machine="A" />
            <Lane machine="B" />
          </section>
          <LowerViews />
        </div>
        <SheetTabs />
        <RightRail />
        <ErrorPanel />
      </PageMain>
      <Transport />
      <Suspense>
        <DefinitionDialog />
      </Suspense>
    </>
  );
}

/** Nothing of it is on the first screen. */
function LowerViews() {
  const isOpen = useApp((s) => s.dock !== undefined);
  return (
    isOpen && (
      <Suspense>
        <Dock />
      </Suspense>
    )
  );
}

/** Without a left rail beside it the sentence stands above the machines. */
function Watch() {
  return <p className="watch only-narrow">{useApp((s) => s.scenario?.watch)}</p>;
}
