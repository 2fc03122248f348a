/**
 * The house rules as a test: who may import whom, how long things may be, what the engine may not touch,
 * and one registry line per plug. A new folder is a new row of FOLDERS; nothing else here names folders.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

const LINES_MAX = 400;
const LINES_MEDIAN_MAX = 120;
const FUNCTION_LINES_MAX = 70;

interface Folder {
  /** Folders by name, one file by its full name, or everything below a folder as `name/**`; a folder may import itself. */
  readonly may: readonly string[];
  /** npm packages; a name that ends in `/` is a scope, `node:` is what Node brings along. */
  readonly npm?: readonly string[];
  /** Its files (or, with 'nested', the files one level down) are plugs: no plug imports another, registry.ts imports all. */
  readonly plugs?: 'flat' | 'nested';
}

const ROOM = ['abi', 'engine/sim', 'engine/trace', 'engine/machine'];
const PLUG = ['abi', 'engine/sim', 'engine/machine'];
const DRAWING = ['react', '@visx/'];

/** The longest name that a file's path starts with is its row; `*` stands for one folder, each a row of its own. */
const FOLDERS: Readonly<Record<string, Folder>> = {
  abi: { may: [] },
  'engine/sim': { may: ['abi'] },
  'engine/trace': { may: ['abi'] },
  'engine/machine': { may: ['abi', 'engine/sim', 'engine/trace'] },
  'engine/mm': { may: ROOM },
  'engine/reclaim': { may: ROOM },
  'engine/writeback': { may: ROOM },
  'engine/block': { may: ROOM },
  'engine/block/elevators': { may: PLUG, plugs: 'flat' },
  'engine/block/disks': { may: PLUG, plugs: 'flat' },
  'engine/fs': { may: ROOM, plugs: 'flat' },
  'engine/policies': { may: PLUG, plugs: 'nested' },
  'engine/workloads': { may: [...PLUG, 'engine/workloads/programs'], plugs: 'flat' },
  'engine/workloads/programs': { may: [...PLUG, 'engine/workloads/shared.ts'] },
  'engine/kernels': { may: ['abi', 'engine/policies'], plugs: 'flat' },
  'engine/probe': { may: [...ROOM, 'engine/reclaim'] },
  'engine/lab': { may: ['abi', 'engine/**'], plugs: 'flat' },
  engine: { may: ['abi', 'engine/**'] },
  formats: { may: ['abi', 'formats/shared', 'formats/trace'], npm: ['valibot', 'fflate'], plugs: 'flat' },
  'formats/trace': { may: ['abi', 'formats/shared'], npm: ['fflate'] },
  'formats/export': { may: ['abi'], plugs: 'flat' },
  traced: { may: ['abi'] },
  'formats/shared': { may: ['abi'], npm: ['valibot', 'fflate'] },
  scenarios: { may: ['abi'], plugs: 'flat' },
  story: { may: ['abi'], plugs: 'flat' },
  worker: {
    may: ['abi', 'worker/engine.worker.ts', 'worker/lab.worker.ts', 'worker/traced.worker.ts'],
    npm: ['comlink'],
  },
  'worker/engine.worker.ts': { may: ['abi', 'engine/**', 'formats', 'worker'], npm: ['comlink'] },
  'worker/lab.worker.ts': { may: ['abi', 'engine/lab', 'formats/export'], npm: ['comlink'] },
  'worker/opened-trace.ts': { may: ['abi', 'formats/shared', 'formats/trace'] },
  'worker/traced.worker.ts': {
    may: ['abi', 'traced', 'formats', 'formats/shared', 'formats/trace', 'worker', 'worker/opened-trace.ts'],
    npm: ['comlink'],
  },
  cli: {
    may: ['abi', 'engine/**', 'formats', 'formats/export', 'formats/trace', 'traced', 'scenarios'],
    npm: ['mnemonist', '@playwright/test', 'puppeteer-core', 'vite', 'node:'],
  },
  store: { may: ['abi', 'formats'], npm: ['zustand'] },
  views: { may: ['abi', 'store', 'views/**'], npm: ['react'], plugs: 'flat' },
  'views/shared': { may: ['abi', 'store'], npm: [...DRAWING, 'lucide-react'] },
  'views/*': { may: ['abi', 'store', 'views/shared'], npm: [...DRAWING, 'lucide-react', '@tanstack/react-virtual'] },
  app: {
    may: ['abi', 'store', 'views/registry.ts', 'views/shared', 'scenarios', 'story'],
    npm: ['react', '@base-ui/react', 'lucide-react'],
  },
  'main.tsx': {
    may: ['app', 'store', 'worker/client.ts', 'worker/lab.ts', 'worker/traced.ts'],
    npm: ['react', 'react-dom', '@fontsource/', '@fontsource-variable/'],
  },
  'tidy.test.ts': { may: [], npm: ['vite'] },
  '../e2e': { may: ['abi'], npm: ['@playwright/test', '@axe-core/playwright', 'node:'] },
};

/** What a test may import besides what its folder may. */
const TESTS: Folder = {
  may: ['engine/machine-from-text.ts', 'engine/checks.ts'],
  npm: ['vitest', 'fast-check', 'culori', 'node:'],
};
/** Tests in engine/ itself run whole scenes and recordings, because each scene is also a golden run. */
const ENGINE_TESTS: Folder = { may: ['scenarios', 'formats', 'formats/export'] };
/** Tests of recorded kernels read the texts that the kernels printed. */
const TRACED_TESTS: Folder = { may: ['formats/trace'] };
/** What only a worker imports is tried without one. */
const WORKER_TESTS: Folder = { may: ['worker/opened-trace.ts'] };

/** Plugs of one folder share code through a file of this name only. */
const SHARED = 'shared.ts';

/** For the machines on screen, one for simulated ones and one for traces; and for the lab. */
const WORKER_MAKERS = new Set(['worker/client.ts', 'worker/lab.ts', 'worker/traced.ts']);

const TOP_LEVEL = 'package.json package-lock.json vite.config.ts index.html src public e2e README.md LICENSE'.split(
  ' ',
);

/** No clock, no chance, nothing that depends on where it runs. */
const IMPURE = new Set('Date performance setTimeout setInterval crypto Intl globalThis WeakRef'.split(' '));
/** The parts of Math whose every digit the language fixes; exp, log, pow, sin, hypot … are left to the browser. */
const EXACT_MATH = new Set('abs ceil clz32 floor fround imul max min round sign sqrt trunc PI E'.split(' '));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Import {
  readonly spec: string;
  readonly typeOnly: boolean;
  /** The file below src/ (or above it, as `../…`); undefined for a package. */
  readonly target: string | undefined;
}

interface Source {
  readonly file: string;
  readonly isTest: boolean;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** What is wrong within the file, whatever surrounds it. */
  readonly problems: readonly string[];
}

const src = import.meta.dirname;
const root = dirname(src);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Calls visit on every node of the syntax tree, with its parent and the parent's field it sits in. */
function walk(node: Node, visit: (node: Node, parent: Node | undefined, field: string) => void): void {
  const down = (value: unknown, parent: Node | undefined, field: string): void => {
    if (Array.isArray(value)) for (const item of value) down(item, parent, field);
    else if (isNode(value)) {
      visit(value, parent, field);
      for (const key of Object.keys(value)) down(value[key], value, key);
    }
  };
  down(node, undefined, '');
}

/** Under verbatimModuleSyntax `import type` leaves nothing behind; the linter turns all-type specifiers into it. */
function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = (node.specifiers ?? []) as readonly Node[];
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

function importOf(file: string, node: Node): Import | undefined {
  if (!/^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(node.type)) return undefined;
  const source = node.source;
  if (!isNode(source) || typeof source.value !== 'string') return undefined;
  const spec = source.value.replace(/\?.*$/, ''); // Vite's ?worker, ?raw, ?url
  const target = spec.startsWith('.') ? relative(src, join(src, dirname(file), spec)) : undefined;
  return { spec, typeOnly: isTypeOnly(node), target };
}

/** The name of what makes an engine file depend on more than its arguments; undefined for all else. */
function impurity(node: Node, parent: Node | undefined, field: string): string | undefined {
  if (node.operator === '**' || node.operator === '**=') return '** (inexact; multiply)';
  if (node.type !== 'Identifier') return undefined;
  const name = String(node.name);
  const isName = parent?.computed === false && (field === 'property' || field === 'key');
  if (isName) return undefined;
  if (IMPURE.has(name)) return name;
  if (name !== 'Math') return undefined;
  const property = parent?.type === 'MemberExpression' && field === 'object' ? parent.property : undefined;
  const used = isNode(property) && parent?.computed === false ? String(property.name) : '';
  return EXACT_MATH.has(used) ? undefined : used ? `Math.${used}` : 'Math as a value';
}

function readSource(file: string): Source {
  const text = readFileSync(join(src, file), 'utf8');
  const isTest = /\.(test|spec|test-double)\.tsx?$/.test(file);
  const lines = text.split('\n').length - 1;
  const imports: Import[] = [];
  const problems: string[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const complain = (node: Node, what: string): void => void problems.push(`${file}:${lineOf(node.start)} ${what}`);

  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) problems.push(`${file} does not parse: ${parsed.errors[0]?.message}`);
  walk(parsed.program as unknown as Node, (node, parent, field) => {
    const found = importOf(file, node);
    if (found) imports.push(found);
    if (node.type === 'ExportAllDeclaration') complain(node, 'export * (a barrel: name what you export)');
    if (node.type === 'TSAnyKeyword') complain(node, 'any');
    if (!isTest && file.startsWith('engine/')) {
      const impure = impurity(node, parent, field);
      if (impure) complain(node, `${impure} in the engine`);
    }
    if (!isTest && /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type)) {
      const length = lineOf(node.end) - lineOf(node.start) + 1;
      if (length > FUNCTION_LINES_MAX) complain(node, `function of ${length} lines`);
    }
  });
  if (lines > LINES_MAX) problems.push(`${file} has ${lines} lines`);
  return { file, isTest, lines, imports, problems };
}

const filesBelow = (folder: string): string[] =>
  existsSync(join(src, folder))
    ? readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
    : [];
const allFiles = [...filesBelow('.'), ...filesBelow('../e2e')].map((file) => file.replaceAll('\\', '/'));
const sources = allFiles.filter((file) => /\.(tsx?|mjs)$/.test(file)).map(readSource);
const inTypeScript = sources.filter(({ file }) => !file.endsWith('.mjs')); // the scripts that run before an install

/** The row of a file and the name that row has for it: `views/lanes` for views/lanes/draw.ts in the row `views/*`. */
function rowOf(file: string): { readonly name: string; readonly row: Folder } | undefined {
  const parts = file.split('/');
  for (let depth = parts.length; depth > 0; depth--) {
    const name = parts.slice(0, depth).join('/');
    const star = depth > 1 && depth < parts.length ? FOLDERS[`${parts.slice(0, depth - 1).join('/')}/*`] : undefined;
    const row = FOLDERS[name] ?? star;
    if (row) return { name, row };
  }
  return undefined;
}

/** The plug a file belongs to: its first part below the folder without extension, or its first two when nested. */
function plugOf(file: string, name: string, row: Folder): string {
  const parts = file.slice(name.length + 1).split('/');
  return parts
    .slice(0, row.plugs === 'nested' ? 2 : 1)
    .join('/')
    .replace(/(\.test)?\.tsx?$/, '');
}

function mayImportWithin(from: string, to: string, name: string, row: Folder): boolean {
  if (!row.plugs || basename(from) === 'registry.ts') return true;
  if (basename(to) === SHARED && from.startsWith(`${dirname(to)}/`)) return true;
  return plugOf(from, name, row) === plugOf(to, name, row);
}

function matches(pattern: string, file: string): boolean {
  if (pattern.endsWith('/**')) return file.startsWith(pattern.slice(0, -2));
  return file === pattern || rowOf(file)?.name === pattern;
}

function mayUsePackage(allowed: readonly string[], spec: string): boolean {
  return allowed.some((name) =>
    /[:/]$/.test(name) ? spec.startsWith(name) : spec === name || spec.startsWith(`${name}/`),
  );
}

function importProblem({ file, isTest }: Source, { spec, target }: Import): string | undefined {
  const from = rowOf(file);
  if (!from) return `${file} lies in a folder without a row in the table`;
  const extra: Readonly<Record<string, Folder>> = { engine: ENGINE_TESTS, traced: TRACED_TESTS, worker: WORKER_TESTS };
  const rows = [from.row, ...(isTest ? [TESTS, extra[from.name] ?? TESTS] : [])];
  if (target === undefined) {
    const allowed = rows.flatMap((row) => row.npm ?? []);
    return mayUsePackage(allowed, spec) ? undefined : `${file} imports the package ${spec}`;
  }
  if (!existsSync(join(src, target))) return `${file} imports ${spec}, which is not a file (say the extension)`;
  const isSame = rowOf(target)?.name === from.name;
  const mayWithin = isSame && (isTest || mayImportWithin(file, target, from.name, from.row));
  if (mayWithin || (!isSame && rows.some((row) => row.may.some((pattern) => matches(pattern, target)))))
    return undefined;
  return `${file} imports ${target}`;
}

/** What a registry has to import: its folder's plugs, and one level further down where plugs are nested. */
function unlistedPlugs(folder: string, plugs: Folder['plugs']): string[] {
  const registry = `${folder}/registry.ts`;
  const listed = sources.find(({ file }) => file === registry)?.imports.map(({ target }) => target) ?? [];
  const problems: string[] = [];
  const plain = sources.filter((one) => !one.isTest && ![SHARED, 'registry.ts'].includes(basename(one.file)));
  const files = plain.map(({ file }) => file).filter((file) => file.startsWith(`${folder}/`));
  for (const file of files) {
    const [first = '', ...rest] = file.slice(folder.length + 1).split('/');
    const sub = `${folder}/${first}`;
    if (rest.length > 0 && FOLDERS[sub]) continue; // a folder with a row of its own is no plug
    const hasOwnRegistry = rest.length > 0 && existsSync(join(src, sub, 'registry.ts'));
    const isPart = rest.length > 0 && plugs !== 'nested';
    const isListed = hasOwnRegistry
      ? listed.includes(`${sub}/registry.ts`)
      : isPart
        ? listed.some((target) => target?.startsWith(`${sub}/`) || target === `${sub}.ts`)
        : listed.includes(file);
    if (!isListed) problems.push(`${file} has no line in ${registry}`);
  }
  return problems;
}

/** One run-time import cycle, as a path that ends where it starts; empty if there is none. */
function findCycle(): string[] {
  const edges = new Map(
    sources.map(({ file, imports }) => [
      file,
      imports.flatMap(({ target, typeOnly }) => (target && !typeOnly ? [target] : [])),
    ]),
  );
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

test('every import is allowed by the table', () => {
  const problems = inTypeScript.flatMap((source) => source.imports.map((one) => importProblem(source, one)));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test('no import cycle', () => {
  expect(findCycle()).toEqual([]);
});

test(`no file over ${LINES_MAX} lines, no function over ${FUNCTION_LINES_MAX}, no any, no barrel, nothing impure in the engine`, () => {
  expect(sources.flatMap(({ problems }) => problems)).toEqual([]);
});

test(`the median file has at most ${LINES_MEDIAN_MAX} lines`, () => {
  const lengths = inTypeScript.filter(({ isTest }) => !isTest).map(({ lines }) => lines);
  const median = lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
  console.log(`${lengths.length} source files, median ${median} lines, longest ${lengths.at(-1) ?? 0}`);
  expect(median).toBeLessThanOrEqual(LINES_MEDIAN_MAX);
});

test('every plug has its line in the registry, and no list but the registry', () => {
  const registries = sources.filter(({ file }) => basename(file) === 'registry.ts').map(({ file }) => dirname(file));
  const plugFolders = Object.keys(FOLDERS).filter((name) => FOLDERS[name]?.plugs);
  const folders = [...new Set([...registries, ...plugFolders])];
  expect(folders.flatMap((folder) => unlistedPlugs(folder, FOLDERS[folder]?.plugs))).toEqual([]);
});

test('names are kebab-case, nothing is called index, three places make workers', () => {
  const named = allFiles.filter((file) => /\.(tsx?|mjs|css|json)$/.test(file));
  const isKebab = (file: string): boolean =>
    file.split('/').every((part) => part === '..' || /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part));
  const makesWorker = ({ file, isTest }: Source): boolean =>
    !isTest && !WORKER_MAKERS.has(file) && /\bnew Worker\(/.test(readFileSync(join(src, file), 'utf8'));
  expect([
    ...named.filter((file) => !isKebab(file)).map((file) => `${file} is not in kebab-case`),
    ...named.filter((file) => /^index\./.test(basename(file))).map((file) => `${file} is a barrel by name`),
    ...inTypeScript.filter(makesWorker).map(({ file }) => `${file} makes a worker`),
  ]).toEqual([]);
});

test('the top level holds what it may hold', () => {
  const made = ['node_modules', 'dist'];
  const entries = readdirSync(root).filter((name) => !name.startsWith('.') && !made.includes(name));
  expect(entries.filter((name) => !TOP_LEVEL.includes(name))).toEqual([]);
});
