import { expect, test } from 'vitest';
import available from './available-events.json' with { type: 'json' };
import { EVENT_GROUPS, NEW_EVENTS, OLD_NAMES, recipes } from './commands.ts';

const NAMES = EVENT_GROUPS.flatMap(({ events }) => events);

test.each(['6.1', '6.12'] as const)('every event that the page names is one of Linux %s', (kernel) => {
  expect(NAMES.filter((name) => !available[kernel].includes(name))).toEqual([]);
});

test('5.10 has them under the names that the page gives, but for those that it says came later', () => {
  const old = NAMES.filter((name) => !NEW_EVENTS.includes(name)).map((name) => OLD_NAMES[name] ?? name);
  expect(old.filter((name) => !available['5.10'].includes(name))).toEqual([]);
  for (const name of [...Object.keys(OLD_NAMES), ...NEW_EVENTS]) expect(available['5.10']).not.toContain(name);
});

test('the commands enable them, those of single pages only if asked for', () => {
  for (const withPages of [false, true]) {
    const wanted = EVENT_GROUPS.filter(({ perPage }) => withPages || !perPage).flatMap(({ events }) => events);
    for (const id of ['tracefs', 'trace-cmd', 'perf']) {
      const text = recipes(withPages).find((recipe) => recipe.id === id)!.text;
      expect(text.match(/\b(vmscan|block|writeback|filemap|pagemap):\w+/g)).toEqual(wanted);
    }
  }
});
