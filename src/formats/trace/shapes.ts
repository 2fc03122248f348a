import type { TraceField } from '../../abi/trace-table.ts';
import type { TraceColumns } from './columns.ts';
import { Template } from './template.ts';
import { type Value, valueIn } from './values.ts';
import { runsTogether, WHY_NOT, type WhyNot } from './why-not.ts';
import { ACTION_EVENTS, BLKPARSE_WORDS, finderOf, type WordFinder } from './words.ts';

/** More wordings of one event than any text has; each is tried before the words are found anew. */
const TRIED = 6;

interface EventShapes {
  readonly event: string;
  readonly find: WordFinder;
  /** The last used first. */
  readonly templates: Template[];
}

/** The shapes of a text's events, as they are met: most lines are read by the shape of the one before. */
export class Shapes {
  private readonly columns: TraceColumns;
  private readonly format: 'ftrace' | 'blkparse';
  private readonly events = new Map<string, EventShapes>();
  private readonly known = new Map<string, Template>();

  constructor(columns: TraceColumns, format: 'ftrace' | 'blkparse') {
    this.columns = columns;
    this.format = format;
  }

  /** Gives the row just begun its shape and values. Undefined: it has them; else why not. */
  read(name: string, text: string, start: number, end: number): WhyNot | undefined {
    const shapes = this.shapesOf(name);
    const { templates } = shapes;
    for (let tried = 0; tried < templates.length && tried < TRIED; tried++) {
      const template = templates[tried]!;
      this.columns.restart(template.row);
      if (!template.read(text, start, end, this.columns)) continue;
      if (tried > 0) moveFirst(templates, tried);
      return undefined;
    }
    return this.readAnew(shapes, text.slice(start, end));
  }

  private readAnew(shapes: EventShapes, text: string): WhyNot | undefined {
    if (!shapes.find.isFree && runsTogether(text)) return WHY_NOT.joined;
    const values = (shapes.find.words(text) ?? []).map((word) => valueIn(text, word));
    const template = this.templateOf(shapes.event, text, values);
    if (!template) return WHY_NOT.shapes;
    this.columns.restart(template.row);
    for (const { kind, start, end } of values) {
      const piece = text.slice(start, end);
      if (kind === 'text') this.columns.double(this.columns.textRow(piece));
      else if (kind === 'int') this.columns.double(Number(piece));
      else this.columns.integer(BigInt(kind === 'hex' ? `0x${piece}` : piece));
    }
    const known = shapes.templates.indexOf(template);
    if (known === -1) shapes.templates.unshift(template);
    else moveFirst(shapes.templates, known);
    return undefined;
  }

  private templateOf(event: string, text: string, values: readonly Value[]): Template | undefined {
    const literals: string[] = [];
    let at = 0;
    for (const { start, end } of values) {
      literals.push(text.slice(at, start));
      at = end;
    }
    literals.push(text.slice(at));
    const fields = values.map(({ name, kind, digits }): TraceField => ({ name, kind, digits }));
    const key = JSON.stringify([event, fields, literals]);
    const known = this.known.get(key);
    if (known) return known;
    const own: { fields: TraceField[]; literals: string[] } = JSON.parse(JSON.stringify({ fields, literals })); // no piece of the text is kept
    const row = this.columns.addShape(event, own.fields, own.literals);
    if (row === -1) return undefined;
    const template = new Template(row, values, own.literals);
    this.known.set(key, template);
    return template;
  }

  private shapesOf(name: string): EventShapes {
    const known = this.events.get(name);
    if (known) return known;
    const own = JSON.parse(JSON.stringify(name)) as string;
    const isFtrace = this.format === 'ftrace';
    const event = isFtrace ? own : (ACTION_EVENTS[own] ?? `blkparse_${own}`);
    const shapes = { event, find: isFtrace ? finderOf(event) : BLKPARSE_WORDS, templates: [] };
    this.events.set(own, shapes);
    return shapes;
  }
}

function moveFirst(templates: Template[], at: number): void {
  templates.unshift(...templates.splice(at, 1));
}
