import './numbers.css';
import { useApp, useTwin } from '../shared/app-context.ts';
import { describeMetric, metricValue, SEEKS_PER_MIB } from '../shared/derived-metrics.ts';
import { EVERY_MS, longestStall, rowOf } from './text.ts';

/** A phone's two numbers, which stay in sight while the sheet is down: from A to B. A tap opens the definition. */
export function ChipsView() {
  const twin = useTwin(EVERY_MS);
  const seeks = useApp((s) => s.seeks);
  const open = useApp((s) => s.openDefinition);
  if (!twin) return null;
  const chips = [
    { name: SEEKS_PER_MIB[seeks], label: 'seeks per MiB' },
    longestStall((name) => Math.max(metricValue(twin.A, name) || 0, metricValue(twin.B, name) || 0)),
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
