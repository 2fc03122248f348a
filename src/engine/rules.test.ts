/**
 * Every rule that the code claims to follow is proved by a test that names it: the numbers of model.md cited in the
 * engine's sources and in the metrics' definitions, without those in the names of tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..');
const RULE = String.raw`(?:R\d+\.\d+|[PEGIB]\d+(?:\.\d)?b?)`;
const RANGE = new RegExp(String.raw`\b(${RULE})(?:\s*[–-]\s*(${RULE}))?(?![\w.]*\w)`, 'g');
/** Test names: the first argument of test(), test.each()(), it() and describe(). */
const NAME = /\b(?:test|it|describe)(?:\.each(?:<[^(]*>)?\([\s\S]*?\))?\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g;

/** R3.27–R3.29 is three numbers; P5.1–P5.6 six; what is no range is itself. */
function expand(first: string, last: string | undefined): string[] {
  const cut = (rule: string) => /^(.*?)(\d+)b?$/.exec(rule)!;
  const [, head, from] = cut(first);
  const [, lastHead, to] = cut(last ?? first);
  if (last === undefined || head !== lastHead) return last === undefined ? [first] : [first, last];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${head}${Number(from) + at}`);
}

function rulesIn(text: string): string[] {
  return [...text.matchAll(RANGE)].flatMap(([, first, last]) => expand(first!, last));
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const isRig = (file: string) => /test-rig\.ts$|machine-from-text\.ts$/.test(file);
const read = (file: string) => readFileSync(join(src, file), 'utf8');

function claimed(): Map<string, string> {
  const claims = new Map<string, string>();
  const sources = files.filter(
    (file) => /^(engine\/.*|abi\/metrics.*)\.ts$/.test(file) && !isTest(file) && !isRig(file),
  );
  for (const file of sources) for (const rule of rulesIn(read(file))) claims.set(rule, claims.get(rule) ?? file);
  return claims;
}

function named(): Set<string> {
  const tests = files.filter((file) => isTest(file) && file !== 'engine/rules.test.ts');
  return new Set(tests.flatMap((file) => [...read(file).matchAll(NAME)].flatMap(([, , name]) => rulesIn(name!))));
}

test('a range of rules stands for each of them', () => {
  expect(rulesIn('see R1.4–R1.6, P5.9 and G3b; not B12.5x, UTF8 or R3')).toEqual([
    'R1.4',
    'R1.5',
    'R1.6',
    'P5.9',
    'G3b',
  ]);
});

test('every rule claimed by the code is named by a test', () => {
  const proved = named();
  const missing = [...claimed()].filter(([rule]) => !proved.has(rule));

  expect(missing.map(([rule, file]) => `${rule} (${file})`).sort()).toEqual([]);
});
