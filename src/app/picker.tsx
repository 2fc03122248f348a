import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select } from '@base-ui/react/select';
import { ChevronDown } from 'lucide-react';
import type { PickOption, PickProps } from './pick.tsx';

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
                {[...new Set(options.map(({ group }) => group))].map((group) => (
                  <Select.Group key={group ?? ''}>
                    {group && <Select.GroupLabel className="pick-group">{group}</Select.GroupLabel>}
                    {options
                      .filter((option) => option.group === group)
                      .map((option) => (
                        <Option key={option.value} {...option} />
                      ))}
                  </Select.Group>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </CSPProvider>
  );
}

function Option({ value, label, hint }: PickOption) {
  return (
    <Select.Item value={value} className="pick-item">
      <Select.ItemText>{label}</Select.ItemText>
      {hint && <small>{hint}</small>}
    </Select.Item>
  );
}
