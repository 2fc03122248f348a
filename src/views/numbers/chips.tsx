import './numbers.css';
import { useApp, useTwin } from '../shared/app-context.ts';
import { describeMetric, metricValue, SEEKS_PER_MIB } from '../shared/derived-metrics.ts';
import { EVERY_MS, rowOf } from './text.ts';

/** Whoever waited longest in A, and then what the disk did. */
const STALLS = ['direct_stall_s', 'memcg_stall_s', 'throttled_s'] as const;
const LABELS: Readonly<Record<string, string>> = {
  direct_stall_s: 'direct stall, s',
  memcg_stall_s: 'memcg stall, s',
  throttled_s: 'throttled, s',
};

/** A phone's two numbers, which stay in sight while the sheet is down: from A to B. A tap opens the definition. */
export function ChipsView() {
  const twin = useTwin(EVERY_MS);
  const seeks = useApp((s) => s.seeks);
  const open = useApp((s) => s.openDefinition);
  if (!twin) return null;
  const waited = (name: string) => Math.max(metricValue(twin.A, name) || 0, metricValue(twin.B, name) || 0);
  const stall = STALLS.reduce((most, name) => (waited(name) > waited(most) ? name : most));
  const chips = [
    { name: SEEKS_PER_MIB[seeks], label: 'seeks per MiB' },
    { name: stall, label: LABELS[stall]! },
  ];
  return (
    <p className="chips" data-testid="chips">
      {chips.map(({ name, label }) => {
        const unit = describeMetric(name)?.unit ?? '';
        const row = rowOf(name, label, unit, metricValue(twin.A, name), metricValue(twin.B, name));
        if (!row) return null;
        return (
          <button key={name} type="button" onClick={() => open(name)}>
            <small>{label}</small>
            <span className="spoken"> of A </span>
            <b>{row.a}</b>
            <span aria-hidden="true"> › </span>
            <span className="spoken"> of B </span>
            <b>{row.b}</b>
          </button>
        );
      })}
    </p>
  );
}
