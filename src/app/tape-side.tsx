import { Redo2, Undo2, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useApp, useParts, useReading } from '../views/shared/app-context.ts';
import { seconds } from '../views/shared/format.ts';
import { switchBranch, toggleZoom, toLive } from './actions.ts';

/** Beside the scrubber: the newest moment, undo of turned knobs, zoom, and what the markers measure. */
export function TapeSide() {
  const failed = useApp((s) => s.playback.at === 'failed');
  return (
    <div className="tape-side">
      <Live failed={failed} />
      {WAYS.map((one) => (
        <Fork key={one.way} {...one} failed={failed} />
      ))}
      <Zoom />
      <Measure />
    </div>
  );
}

function Live({ failed }: { readonly failed: boolean }) {
  const parts = useParts();
  const isLive = useReading((twin) => twin !== undefined && twin.atNs >= parts.history.furthestNs);
  return (
    <button
      type="button"
      className="boxed live"
      aria-pressed={isLive}
      onClick={() => toLive(parts)}
      title="To the furthest time computed (L)"
      disabled={failed}
    >
      <i className="live-dot" />
      Live
    </button>
  );
}

const WAYS = [
  { way: 'undo', Icon: Undo2, label: 'Undo the turned knob', hint: 'Undo the latest turned knob (Ctrl Z)' },
  { way: 'redo', Icon: Redo2, label: 'Turn the knob again', hint: 'Turn the knob again (Ctrl Shift Z)' },
] as const;

function Fork({ way, Icon, label, hint, failed }: (typeof WAYS)[number] & { readonly failed: boolean }) {
  const parts = useParts();
  const isEmpty = useApp((s) => s[way].length === 0);
  return (
    <button
      type="button"
      className={`icon tape-${way}`}
      aria-label={label}
      title={hint}
      disabled={failed || isEmpty}
      onClick={() => switchBranch(parts, way)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}

/** Zoomed: back to the whole run. Else to the part between the markers, or to one that the next drag selects. */
function Zoom() {
  const parts = useParts();
  const isZoomed = useApp((s) => s.zoom !== undefined);
  const brushing = useApp((s) => s.brushing);
  const name = isZoomed ? 'Show the whole run' : 'Zoom: drag over a part of the run';
  return (
    <button
      type="button"
      className="icon tape-zoom"
      aria-label={name}
      title={
        isZoomed ? 'Show the whole run (Esc)' : 'Zoom to the part dragged over (or drag with Shift); between a and b'
      }
      aria-pressed={brushing}
      onClick={() => toggleZoom(parts)}
    >
      {isZoomed ? <ZoomOut size={16} aria-hidden="true" /> : <ZoomIn size={16} aria-hidden="true" />}
    </button>
  );
}

/** What going back costs, while there is nothing to measure; opens the key to the picture. */
function Past() {
  const open = useApp((s) => s.openDefinition);
  const mib = useReading((twin) => {
    const { A, B } = twin?.past ?? {};
    return Math.round(((A?.checkpointBytes ?? 0) + (B?.checkpointBytes ?? 0)) / 2 ** 20);
  }, 1000);
  return (
    <button
      type="button"
      className="measure past"
      title="Memory that holds the past; what the picture shows"
      onClick={() => open('past')}
    >
      past {mib} MiB
    </button>
  );
}

/** Between two markers the time; of one its place. Its slot is kept, so that nothing moves. */
function Measure() {
  const { a, b } = useApp((s) => s.markers);
  const clear = useApp((s) => s.clearMarkers);
  const one = a ?? b;
  if (one === undefined) return <Past />;
  const isPair = a !== undefined && b !== undefined;
  const text = isPair ? `Δ ${seconds(Math.abs(b - a))} s` : `${a === undefined ? 'b' : 'a'} ${seconds(one)} s`;
  const words = isPair
    ? `Markers a at ${seconds(a)} and b at ${seconds(b)} s, ${seconds(Math.abs(b - a))} s apart: remove them`
    : `Marker ${text}: remove it`;
  return (
    <button type="button" className="measure" aria-label={words} title="Remove the markers" onClick={clear}>
      {text}
      <X size={12} aria-hidden="true" />
    </button>
  );
}
