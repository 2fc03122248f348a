import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createAppStore } from './store/app-store.ts';
import { Driver } from './store/driver.ts';
import { FrameFeed } from './store/feed.ts';
import { History } from './store/history.ts';
import { pageLab } from './store/page-lab.ts';
import { Side } from './store/side.ts';
import { TracedMachines } from './store/traced-machines.ts';
import { startEngine } from './worker/client.ts';
import { LabPool } from './worker/lab.ts';

const store = createAppStore();
if (new URLSearchParams(location.search).has('embed')) store.getState().setMode('embed');
const feed = new FrameFeed();
const history = new History();
const traces = new TracedMachines(async () => (await import('./worker/traced.ts')).startTraced);
const driver = new Driver({
  start: (machine, onLost) => new Side(machine, startEngine, traces, onLost),
  store,
  feed,
  history,
  wall: () => performance.now(),
  isHidden: () => document.hidden,
});

const root = document.getElementById('root');
const lab = pageLab(new LabPool(), traces);
if (root) createRoot(root).render(<App parts={{ store, feed, history, driver, lab }} traces={traces} />);
