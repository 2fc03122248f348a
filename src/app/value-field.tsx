import { useEffect, useRef } from 'react';

/** A value as text in a box: Enter or leaving the field applies it, Escape takes it back. */
export function ValueField(props: {
  readonly text: string;
  readonly label: string;
  readonly unit?: string;
  /** False: refused, and the field goes back to what it said. */
  readonly onEnter: (text: string) => boolean;
}) {
  const { text, label, unit, onEnter } = props;
  const ref = useRef<HTMLInputElement>(null);
  const typed = useRef(false);
  useEffect(() => {
    // What the machine says wins over what stands in the field, except while someone types.
    if (ref.current && !typed.current) ref.current.value = text;
  }, [text]);
  const apply = () => {
    const field = ref.current;
    if (!field || !typed.current) return;
    typed.current = false;
    if (field.value !== text && !onEnter(field.value)) field.value = text;
  };
  const takeBack = () => {
    typed.current = false;
    if (ref.current) ref.current.value = text;
  };
  return (
    <label className="value-field">
      <input
        ref={ref}
        defaultValue={text}
        aria-label={label}
        size={Math.max(2, text.length)}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        onChange={() => {
          typed.current = true;
        }}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply();
          if (event.key === 'Escape') takeBack();
        }}
      />
      {unit && <span className="unit">{unit}</span>}
    </label>
  );
}
