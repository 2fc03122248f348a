import { type WordPattern, wordsByPattern } from './pattern.ts';

const DEV = ['dev', 'word'] as const;
const RWBS = ['rwbs', 'word'] as const;
const CMD = ['cmd', 'any'] as const;
const PRIO = ['ioprio', 'word'] as const;
const COMM = ['comm', 'comm'] as const;

/** What include/trace/events/block.h prints, 2.6.36 to 6.12: no names, so a pattern for each. */
const PATTERNS: readonly WordPattern[] = [
  {
    pattern: /^(\d+,\d+) (\S*) (\d+) \((.*?)\) (\d+) \+ (\d+) (?:([a-z]+,\d+,\d+) )?\[(.{0,16})\]$/d, // insert, issue, merge
    names: [DEV, RWBS, 'bytes', CMD, 'sector', 'nr_sector', PRIO, COMM],
  },
  {
    pattern: /^(\d+,\d+) (\S*) \((.*?)\) (\d+) \+ (\d+) (?:([a-z]+,\d+,\d+) )?\[(-?\d+)\]$/d, // complete, requeue, error
    names: [DEV, RWBS, CMD, 'sector', 'nr_sector', PRIO, 'error'],
  },
  {
    pattern: /^(\d+,\d+) (\S*) (\d+) \+ (\d+) <- \((\d+,\d+)\) (\d+)(?: (\d+))?$/d, // bio_remap, rq_remap
    names: [DEV, RWBS, 'sector', 'nr_sector', ['old_dev', 'word'], 'old_sector', 'nr_bios'],
  },
  { pattern: /^(\d+,\d+) (\S*) (\d+) \+ (\d+) \[(-?\d+)\]$/d, names: [DEV, RWBS, 'sector', 'nr_sector', 'error'] },
  { pattern: /^(\d+,\d+) (\S*) (\d+) \+ (\d+) \[(.{0,16})\]$/d, names: [DEV, RWBS, 'sector', 'nr_sector', COMM] },
  { pattern: /^(\d+,\d+) (\S*) (\d+) \/ (\d+) \[(.{0,16})\]$/d, names: [DEV, RWBS, 'sector', 'new_sector', COMM] },
  { pattern: /^(\d+,\d+) sector=(\d+) size=(\d+)$/d, names: [DEV, 'sector', 'size'] },
  { pattern: /^\[(.{0,16})\] (\d+)$/d, names: [COMM, 'nr_rq'] },
  { pattern: /^\[(.{0,16})\]$/d, names: [COMM] },
];

export const blockWords = (text: string) => wordsByPattern(text, PATTERNS);
