import { useApp } from '../views/shared/app-context.ts';
import { useSession } from './session-context.ts';
import { ValueField } from './value-field.tsx';

const SEED_MAX = 2 ** 32 - 1;

export function SeedField() {
  const session = useSession();
  const say = useApp((s) => s.say);
  const seed = useApp((s) => s.scenario?.seed);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is inside
    <label className="seed">
      seed
      <ValueField
        text={seed === undefined ? '' : String(seed)}
        label="Seed"
        onEnter={(text) => {
          const next = Number(text);
          const fits = Number.isInteger(next) && next >= 0 && next <= SEED_MAX && text.trim() !== '';
          if (fits) void session.setSeed(next);
          else say(`The seed must be a whole number from 0 to ${SEED_MAX}.`);
          return fits;
        }}
      />
    </label>
  );
}
