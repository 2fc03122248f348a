import { fieldOf, type TraceShape } from '../../abi/trace-table.ts';
import { type Exact, exactOf, plus } from './exact.ts';
import { bump, byName, type Counter, type TraceRows, type Who } from './pass.ts';

/** Sums by the name of the field. */
export type Sums = Readonly<Record<string, Exact>>;

/** The counters of a shrinker, which the kernel prints as words: `objects to shrink 0`. */
const SLAB_COUNTERS: Readonly<Record<string, readonly string[]>> = {
  mm_shrink_slab_start: ['objects to shrink', 'cache items', 'delta', 'total_scan', 'priority'],
  mm_shrink_slab_end: ['unused scan count', 'new scan count', 'total_scan', 'last shrinker return val'],
};

/** Fields that are summed: pages and objects counted by memory management. The flusher's nr_pages is no count but what it was asked for. */
function summedFields(shape: TraceShape): readonly number[] {
  const slab = SLAB_COUNTERS[shape.event];
  if (slab === undefined && !shape.event.startsWith('mm_')) return [];
  return shape.fields.flatMap(({ name, kind }, field) =>
    kind !== 'text' && (name.startsWith('nr_') || slab?.includes(name)) ? [field] : [],
  );
}

class FieldSums {
  events = 0;
  private readonly totals = new Map<string, Exact>();

  add(rows: TraceRows, shape: TraceShape, fields: readonly number[], row: number): void {
    this.events++;
    for (const field of fields) {
      const { name } = shape.fields[field]!;
      this.totals.set(name, plus(this.totals.get(name) ?? 0, exactOf(rows.values, row, field)));
    }
  }

  addAll(other: FieldSums): this {
    this.events += other.events;
    for (const [name, total] of other.totals) this.totals.set(name, plus(this.totals.get(name) ?? 0, total));
    return this;
  }

  get sums(): Sums {
    return Object.fromEntries(this.totals);
  }
}

/** Sums of what reclaim counts, per event, by whom; of lru_isolate also per list. */
export class ReclaimSums {
  private readonly rows: TraceRows;
  private readonly byEvent = new Map<string, Map<Who, FieldSums>>();
  private readonly byList = new Map<string, Map<Who, FieldSums>>();
  private readonly orders = new Map<string, Map<string, number>>();

  constructor(rows: TraceRows) {
    this.rows = rows;
  }

  readonly sums: Counter = (shape) => {
    const fields = summedFields(shape);
    if (fields.length === 0) return undefined;
    const parts = partsOf(this.byEvent, shape.event);
    return (row) => partOf(parts, this.rows.who(row)).add(this.rows, shape, fields, row);
  };

  readonly lists: Counter = (shape) => {
    const lru = fieldOf(shape, 'lru');
    if (shape.event !== 'mm_vmscan_lru_isolate' || lru < 0) return undefined;
    const fields = summedFields(shape);
    return (row) => {
      const parts = partsOf(this.byList, this.rows.text(row, lru));
      partOf(parts, this.rows.who(row)).add(this.rows, shape, fields, row);
    };
  };

  readonly perOrder: Counter = (shape) => {
    const field = fieldOf(shape, 'order');
    if (field < 0 || shape.fields[field]!.kind === 'text') return undefined;
    const counts = this.orders.get(shape.event) ?? new Map<string, number>();
    this.orders.set(shape.event, counts);
    return (row) => bump(counts, String(exactOf(this.rows.values, row, field)));
  };

  get fieldSums(): Record<string, Sums> {
    return byName(mapOf(this.byEvent, (parts) => added(parts.values()).sums));
  }

  get kswapdVersusOther(): Record<string, Partial<Record<Who, Sums>>> {
    const pages = [...this.byEvent].filter(([event]) => SLAB_COUNTERS[event] === undefined);
    return byName(mapOf(new Map(pages), versus));
  }

  get isolateByLru(): Record<string, Sums> {
    const withEvents = (parts: ReadonlyMap<Who, FieldSums>): Sums => {
      const all = added(parts.values());
      return { ...all.sums, events: all.events };
    };
    return byName(mapOf(this.byList, withEvents));
  }

  /** What the kernel counts as scanned: isolated from inactive lists. */
  get isolateInactive(): Partial<Record<Who, Sums>> {
    const lists = [...this.byList].filter(([lru]) => lru.startsWith('inactive')).map(([, parts]) => parts);
    const by = (who: Who) => lists.flatMap((parts) => parts.get(who) ?? []);
    return versus(new Map((['kswapd', 'other', 'unknown'] as const).flatMap((who) => combined(who, by(who)))));
  }

  get byOrder(): Record<string, Record<string, number>> {
    return byName(mapOf(this.orders, (counts) => Object.fromEntries(counts)));
  }
}

function partsOf(of: Map<string, Map<Who, FieldSums>>, name: string): Map<Who, FieldSums> {
  const parts = of.get(name) ?? new Map<Who, FieldSums>();
  of.set(name, parts);
  return parts;
}

function partOf(parts: Map<Who, FieldSums>, who: Who): FieldSums {
  const part = parts.get(who) ?? new FieldSums();
  parts.set(who, part);
  return part;
}

const added = (parts: Iterable<FieldSums>): FieldSums =>
  [...parts].reduce((all, part) => all.addAll(part), new FieldSums());

const combined = (who: Who, parts: readonly FieldSums[]): [Who, FieldSums][] =>
  parts.length === 0 ? [] : [[who, added(parts)]];

const versus = (parts: ReadonlyMap<Who, FieldSums>): Partial<Record<Who, Sums>> =>
  Object.fromEntries([...parts].map(([who, part]) => [who, part.sums]));

const mapOf = <T, R>(from: ReadonlyMap<string, T>, make: (value: T) => R): Map<string, R> =>
  new Map([...from].filter(([, value]) => !(value instanceof Map) || value.size > 0).map(([n, v]) => [n, make(v)]));
