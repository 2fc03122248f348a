import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select } from '@base-ui/react/select';
import { ChevronDown } from 'lucide-react';
import type { PickProps } from './pick.tsx';

/** The real thing behind Pick. */
export default function Picker({ label, value, options, shown, onPick, before, className }: PickProps) {
  return (
    // The page's content policy lets nothing write style elements; controls.css has the one rule that is in them.
    <CSPProvider disableStyleElements>
      <Select.Root
        items={options.map((option) => ({ value: option.value, label: option.label }))}
        value={value}
        onValueChange={(next) => {
          if (typeof next === 'string' && next !== value) onPick(next);
        }}
      >
        <Select.Trigger className={`pick ${className ?? ''}`} aria-label={label}>
          {before}
          <Select.Value>{shown}</Select.Value>
          <ChevronDown size={14} aria-hidden="true" />
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="pick-layer">
            <Select.Popup className="pick-popup">
              <Select.List>
                {options.map((option) => (
                  <Select.Item key={option.value} value={option.value} className="pick-item">
                    <Select.ItemText>{option.label}</Select.ItemText>
                    {option.hint && <small>{option.hint}</small>}
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </CSPProvider>
  );
}
