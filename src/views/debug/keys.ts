/** A letter that is meant for the debugger: not typed into a field, not for a dialog, not part of a browser's shortcut. */
export function letterOf({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const isTyped =
    target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), textarea, [role="dialog"]');
  return isTyped ? undefined : key.toLowerCase();
}
