/** By view: why what asks a simulation has no answer of a trace. */
export const INSTEAD: Readonly<Record<string, string>> = {
  debug:
    'There is nothing to debug in a trace: it can be gone through in time, not function by function, since no event prints what a stack holds.',
  whatif: 'What a real kernel decided stands: only a simulated one can decide otherwise.',
  divergence:
    'A trace does not hold the state of its machine: only two simulated machines can be compared state by state.',
  sweep: 'A sweep runs both machines anew for each value: a trace has been recorded once.',
};
