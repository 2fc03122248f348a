import { useEffect, useRef } from 'react';

/** A value as text in a box: Enter or leaving the field applies it, Escape takes it back. */
export function ValueField(props: {
  readonly text: string;
  readonly label: string;
  readonly unit?: string;
  readonly onEnter: (text: string) => void;
}) {
  const { text, label, unit, onEnter } = props;
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What the machine says wins over what stands in the field, except while someone types.
    if (ref.current && document.activeElement !== ref.current) ref.current.value = text;
  }, [text]);
  const apply = () => {
    const field = ref.current;
    if (!field || field.value === text) return;
    onEnter(field.value);
    field.value = text;
  };
  return (
    <span className="value-field">
      <input
        ref={ref}
        defaultValue={text}
        aria-label={label}
        size={Math.max(2, text.length)}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply();
          if (event.key === 'Escape') event.currentTarget.value = text;
        }}
      />
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}
