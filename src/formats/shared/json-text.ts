import type * as v from 'valibot';
import { err, ok, type Result } from '../../abi/errors.ts';
import { jsonBreaksAt } from './json-place.ts';
import { looksBinary } from './text-lines.ts';

/** JSON with positions in its errors. `where` names the file or link in the sentence. */
export function parseJson(text: string, where: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    const before = text.slice(0, jsonBreaksAt(text));
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    return err({ kind: 'bad-input', where, message: `not valid JSON at line ${line}, column ${column}` });
  }
}

/** Bytes to text; undefined where they are no text. A byte order mark is taken off. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (looksBinary(bytes.subarray(0, 64 * 1024))) return undefined;
  return new TextDecoder().decode(bytes);
}

/** The first thing that does not fit a schema, as `knobs.vm.dirty_ratio: …`. */
export function firstMisfit(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const issue = issues[0];
  const path = (issue.path ?? []).map((item) => String(item.key)).join('.');
  const shown = path === '' ? '' : `${path}: `;
  if (issue.expected === 'never') return `${shown}there is no such field`;
  if (issue.received === 'undefined') return `${shown}missing`;
  return `${shown}is ${clipped(issue.received)}, must be ${issue.message}`;
}

const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
