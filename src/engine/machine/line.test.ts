import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLine, inLine, joinLine, jumpLine, leaveLine } from './line.ts';

test('property: a line is an array of numbers, whoever joins, leaves or jumps ahead of another', () => {
  const move = fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 }));
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const line = createLine(8);
      let model: number[] = [];
      for (const [id, other] of moves) {
        if (model.includes(id)) {
          leaveLine(line, id);
          model = model.filter((one) => one !== id);
        } else if (model.includes(other)) {
          jumpLine(line, id, other);
          model.splice(model.indexOf(other), 0, id);
        } else {
          joinLine(line, id);
          model.push(id);
        }
        expect([inLine(line), line.length, line.head, line.tail]).toEqual([
          model,
          model.length,
          model[0] ?? -1,
          model.at(-1) ?? -1,
        ]);
      }
    }),
  );
});
