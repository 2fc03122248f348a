import { type ScriptRow, scriptSummary } from './vmscan-script.ts';
import type { ScriptProcess } from './vmscan-script-process.ts';

// trace-vmscan-postprocess.pl's dump_stats() of 2.6.36: latencies, a table of direct reclaimers, one of kswapd, the summary.

export function scriptText(processes: readonly ScriptProcess[]): string {
  const width = Math.max(8, ...processes.map(({ name }) => name.length)) + 2;
  const blocks = [
    latencyLines(processes, width),
    directTable(processes, width),
    kswapdTable(processes, width),
    summaryLines(scriptSummary(processes)),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function latencyLines(processes: readonly ScriptProcess[], width: number): string[] {
  const lines = ['Reclaim latencies expressed as order-latency_in_ms'];
  for (const { name, directLatencies, kswapdLatencies } of processes) {
    const parts: string[] = [];
    for (let at = 0; directLatencies[at] !== undefined || kswapdLatencies[at] !== undefined; at++) {
      const { order, ms } = directLatencies[at] ?? kswapdLatencies[at]!;
      parts.push(`${order ?? ''}-${Number(ms.toFixed(3))}`);
    }
    if (parts.length > 0) lines.push(`${name.padEnd(width)} ${parts.join(' ')}`);
  }
  return lines;
}

function directTable(processes: readonly ScriptProcess[], width: number): string[] {
  const head = [
    ['Process', 'Direct', 'Wokeup', 'Pages', 'Pages', 'Pages', 'Time'],
    ['details', 'Rclms', 'Kswapd', 'Scanned', 'Sync-IO', 'ASync-IO', 'Stalled'],
  ];
  const rows = processes
    .filter(({ directReclaims }) => directReclaims > 0)
    .map((p) => {
      const stalledMs = stalled(p);
      const cells = [
        p.directReclaims,
        p.wakeRequests,
        p.pagesScanned,
        syncIo(p),
        asyncIo(p),
        (stalledMs / 1000).toFixed(3),
      ];
      const contig = p.contigDirty > 0 ? `      contig-dirty=${p.contigDirty} ` : '';
      return (
        row(width, p.name, cells) +
        orders('direct', p.directPerOrder) +
        orders('wakeup', p.wakeRequestsPerOrder) +
        contig
      );
    });
  return [...head.map(([name, ...cells]) => row(width, name!, cells)), ...rows];
}

/** Up to the first end without a begin. */
function stalled({ directLatencies }: ScriptProcess): number {
  let ms = 0;
  for (let at = 0; directLatencies[at] !== undefined; at++) ms += directLatencies[at]!.ms;
  return ms;
}

function kswapdTable(processes: readonly ScriptProcess[], width: number): string[] {
  const head = [
    ['Kswapd', 'Kswapd', 'Order', 'Pages', 'Pages', 'Pages'],
    ['Instance', 'Wakeups', 'Re-wakeup', 'Scanned', 'Sync-IO', 'ASync-IO'],
  ];
  const rows = processes
    .filter(({ kswapdWakeups }) => kswapdWakeups > 0)
    .map((p) => {
      const cells = [p.kswapdWakeups, p.kswapdRewakeups, p.pagesScanned, syncIo(p), asyncIo(p)];
      return (
        row(width, p.name, cells) +
        orders('wake', p.kswapdWakeupsPerOrder) +
        orders('rewake', p.kswapdRewakeupsPerOrder)
      );
    });
  return [...head.map(([name, ...cells]) => row(width, name!, cells)), ...rows];
}

function summaryLines(rows: readonly ScriptRow[]): string[] {
  const lines = rows.map(({ label, value, unit }) =>
    unit === '' ? `${`${label}:`.padEnd(40)}${value}` : `${`${label}:`.padEnd(40)}${value.toFixed(2)} ${unit}`,
  );
  return ['Summary', ...lines.slice(0, 8), '', ...lines.slice(8)];
}

const syncIo = (p: ScriptProcess): number => p.writeFileSync + p.writeAnonSync;
const asyncIo = (p: ScriptProcess): number => p.writeFileAsync + p.writeAnonAsync;

function row(width: number, name: string, cells: readonly (string | number)[]): string {
  return `${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(9)).join(' ')}`;
}

export function orders(word: string, perOrder: Readonly<Record<number, number>>): string {
  const parts = Object.entries(perOrder).map(([order, count]) => `${word}-${order}=${count} `);
  return parts.length === 0 ? '' : `      ${parts.join('')}`;
}
