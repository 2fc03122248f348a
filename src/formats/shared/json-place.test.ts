import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBreaksAt } from './json-place.ts';

test('the place is the first letter that cannot stand there', () => {
  // The caret stands under it.
  const cases = [
    '{"format": }',
    '           ^',
    '{"a": 1,}',
    '        ^',
    '[1 2]',
    '   ^',
    '{"a" 1}',
    '     ^',
    '[1, nul]',
    '    ^',
    '{} {}',
    '   ^',
    '["open]',
    ' ^',
    '[1}',
    '  ^',
  ];
  for (let at = 0; at < cases.length; at += 2)
    expect(jsonBreaksAt(cases[at]!), cases[at]).toBe(cases[at + 1]!.indexOf('^'));
});

test('what is JSON breaks nowhere, and what was cut breaks at its end or in its last token', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      expect(jsonBreaksAt(json)).toBe(json.length);
      const cut = `[${json}`.slice(0, (at % json.length) + 1);
      expect(() => JSON.parse(cut)).toThrow();
      expect(jsonBreaksAt(cut)).toBeLessThanOrEqual(cut.length);
    }),
  );
});
