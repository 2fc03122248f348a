import { type WordPattern, wordsByPattern } from './pattern.ts';

const FRONT = [['dev', 'word'], 'seq', ['action', 'word'], ['rwbs', 'word']] as const;
const COMM = ['comm', 'comm'] as const;

/** `disk number action rwbs rest`, the rest by action. */
const PATTERNS: readonly WordPattern[] = [
  {
    pattern: /^(\S+) (\d+) ([CR]) (\S+) (?:\((.*?)\) )?(\d+) \+ (\d+) \[(-?\d+)\]$/d,
    names: [...FRONT, ['cmd', 'any'], 'sector', 'nr_sector', 'error'],
  },
  { pattern: /^(\S+) (\d+) ([CR]) (\S+) (\d+) \[(-?\d+)\]$/d, names: [...FRONT, 'sector', 'error'] },
  {
    pattern: /^(\S+) (\d+) (A) (\S+) (\d+) \+ (\d+) <- \((\d+,\d+)\) (\d+)$/d,
    names: [...FRONT, 'sector', 'nr_sector', ['old_dev', 'word'], 'old_sector'],
  },
  {
    pattern: /^(\S+) (\d+) ([A-Z]+) (\S+) (\d+) \+ (\d+) \[(.{0,16})\]$/d,
    names: [...FRONT, 'sector', 'nr_sector', COMM],
  },
  { pattern: /^(\S+) (\d+) (X) (\S+) (\d+) \/ (\d+) \[(.{0,16})\]$/d, names: [...FRONT, 'sector', 'new_sector', COMM] },
  { pattern: /^(\S+) (\d+) (UT?) (\S+) \[(.{0,16})\] (\d+)$/d, names: [...FRONT, COMM, 'nr_rq'] },
  { pattern: /^(\S+) (\d+) ([A-Z]+) (\S+) \[(.{0,16})\]$/d, names: [...FRONT, COMM] },
  { pattern: /^(\S+) (\d+) ([A-Z]+) (\S+) (.*)$/d, names: [...FRONT, ['rest', 'any']] },
  {
    pattern: /^([A-Z]+) (\S+) (\d+) (\d+) (.*)$/d, // a custom format
    names: [['action', 'word'], ['rwbs', 'word'], 'sector', 'nr_sector', COMM],
  },
];

export const blkparseWords = (text: string) => wordsByPattern(text, PATTERNS);
