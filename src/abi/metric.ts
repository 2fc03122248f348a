/** A figure of a run, declared once: engine, table, tooltip, CLI and exports follow from its row. */
export interface Metric {
  /** The one name everywhere. */
  readonly name: string;
  /** As short as a table row needs. */
  readonly label: string;
  readonly kind: 'count' | 'pages' | 'requests' | 'seconds' | 'milliseconds' | 'percent' | 'bytes' | 'mean' | 'rate';
  /** Printed after the value; empty for plain counts. */
  readonly unit: string;
  /** Formula in one or two sentences. */
  readonly definition: string;
  /** Kernel counter, file:function, or row of the series' trace-vmscan-postprocess.pl. */
  readonly source: string;
  /** Rule numbers of the reference model. */
  readonly rule: string;
  /** What the figure or the model leaves out; empty where nothing. */
  readonly leftOut: string;
  /** Whose notion it is: a kernel counter, the series' script, the disk, or the simulator's own. */
  readonly from: 'kernel' | 'script' | 'disk' | 'simulator';
}
