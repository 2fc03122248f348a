/** A knob is declared once, where its value is used; panels, CLI, links and range checks are drawn from the declaration. */
export type KnobValue = number | string | boolean;
export type KnobValues = Readonly<Record<string, KnobValue>>;
/** The value of a policy knob, choice or number, that leaves it to the machine's kernel. */
export const AS_THE_KERNEL = 'kernel';

interface KnobBase {
  /** The kernel's own name where there is one: `vm.dirty_ratio`, `disk.scheduler`, `workload.writers`. */
  readonly path: string;
  readonly label: string;
  /** One or two sentences: what it does, in the words of the field. */
  readonly doc: string;
  /** Kernel file:function, model.md rule, or the reason for an assumption. */
  readonly source: string;
  /** The heading it stands under; absent: the first word of its path. */
  readonly group?: string;
  /** Most people never turn it: shown on demand, or where it is not as the scene says or differs between the machines. */
  readonly detail?: boolean;
  /** A live knob can be turned while the machine runs; the others are read at boot only. */
  readonly live: boolean;
}
export interface NumberKnob extends KnobBase {
  readonly kind: 'number';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Values are whole multiples of this, counted from 0; absent: any number. */
  readonly step?: number;
  /** A number that starts as the kernel's own can be given back to it. */
  readonly initial: number | typeof AS_THE_KERNEL;
}
export interface ChoiceKnob extends KnobBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly initial: string;
}
export interface SwitchKnob extends KnobBase {
  readonly kind: 'switch';
  readonly initial: boolean;
}
export type Knob = NumberKnob | ChoiceKnob | SwitchKnob;

/** Why `value` does not fit the knob, as "must be …" text; undefined when it fits. */
export function knobRefusal(knob: Knob, value: unknown): string | undefined {
  switch (knob.kind) {
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'choice':
      return knob.options.some((option) => option.id === value)
        ? undefined
        : `one of ${knob.options.map((option) => option.id).join(', ')}`;
    case 'number': {
      const step = knob.step === undefined ? '' : ` in steps of ${knob.step}`;
      const orKernel = knob.initial === AS_THE_KERNEL ? `, or "${AS_THE_KERNEL}"` : '';
      if (orKernel !== '' && value === AS_THE_KERNEL) return undefined;
      const fits =
        typeof value === 'number' &&
        value >= knob.min &&
        value <= knob.max &&
        (knob.step === undefined || Number.isInteger(value / knob.step));
      return fits ? undefined : `a number from ${knob.min} to ${knob.max}${step} (${knob.unit})${orKernel}`;
    }
  }
}

/** Text (from a command line) to the knob's type; a text that does not fit is returned as it is and refused later. */
export function knobValueFromText(knob: Knob, text: string): KnobValue {
  if (knob.kind === 'switch') return text === 'true' ? true : text === 'false' ? false : text;
  if (knob.kind === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}
