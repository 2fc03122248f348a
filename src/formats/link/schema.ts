import * as v from 'valibot';
import { amount, count, hash, id, scenarioSchema, text } from '../shared/scenario-schema.ts';

const place = v.strictObject({ atNs: count, eventsDone: count }, 'an object with atNs and eventsDone');

/** What a built-in scene may have and a run of it may do without. */
export const LEAVABLE = ['recording', 'openAtS', 'traces'] as const;

/** What a link carries, before a built-in scene is put back in. */
export const linkSchema = v.strictObject(
  {
    model: v.pipe(text, v.maxLength(20, 'short')),
    /** A whole scenario; or the id of a built-in one, the hash of what it was, and what differs from it. */
    scenario: v.union(
      [
        v.strictObject({
          base: id,
          baseHash: hash,
          changes: v.partial(scenarioSchema),
          without: v.array(v.picklist(LEAVABLE)),
        }),
        scenarioSchema,
      ],
      'a scenario',
    ),
    place: v.strictObject({ A: place, B: place }, 'an object with A and B'),
    speed: amount,
    playing: v.boolean('true or false'),
    selected: v.picklist(['A', 'B'], '"A" or "B"'),
    layout: v.record(
      v.pipe(text, v.maxLength(40, 'short')),
      v.union([amount, v.pipe(text, v.maxLength(1000, 'short'))], 'a number or a short text'),
      'an object',
    ),
  },
  'an object',
);
