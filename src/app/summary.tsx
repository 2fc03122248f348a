import { useApp, useTwin } from '../views/shared/app-context.ts';
import { metricValue } from '../views/shared/derived-metrics.ts';

/** The state in one sentence for those who listen; a new one every two seconds at most, and only when it changes. */
const EVERY_MS = 2000;

export function Summary() {
  const twin = useTwin(EVERY_MS);
  const playback = useApp((s) => s.playback.at);
  const untilS = useApp((s) => s.scenario?.untilS);
  if (!twin) return <p className="spoken" role="status" />;
  const side = (id: 'A' | 'B') => {
    const { memory } = twin[id];
    const requests = metricValue(twin[id], 'disk_write_requests');
    const pages = metricValue(twin[id], 'pages_written');
    const dirty = Number.isNaN(memory.dirtyPages) ? [] : [`${memory.dirtyPages} pages dirty`];
    const written = Number.isNaN(pages + requests)
      ? []
      : [`${Math.round(pages)} pages written in ${requests} requests`];
    return `${id}: ${[...dirty, ...written].join(', ') || 'nothing to say'}`;
  };
  return (
    <p className="spoken" role="status" data-testid="summary">
      {`${playback} at ${(twin.atNs / 1e9).toFixed(1)} of ${untilS} seconds. ${side('A')}. ${side('B')}.`}
    </p>
  );
}
