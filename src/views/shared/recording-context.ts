/** A 2D context that writes down what is asked of it: drawings are tested by their calls, not by pixels. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly fillStyle: unknown;
  readonly strokeStyle: unknown;
}

export function recordingContext(): { readonly ctx: CanvasRenderingContext2D; readonly calls: Call[] } {
  const calls: Call[] = [];
  const state: Record<string | symbol, unknown> = { fillStyle: '#000000', strokeStyle: '#000000' };
  const ctx = new Proxy(state, {
    get: (target, name) => {
      if (name in target) return target[name];
      return (...args: unknown[]) => {
        calls.push({ name: String(name), args, fillStyle: target.fillStyle, strokeStyle: target.strokeStyle });
        return name === 'measureText' ? { width: String(args[0]).length * 7 } : undefined;
      };
    },
  });
  return { ctx: ctx as unknown as CanvasRenderingContext2D, calls };
}
