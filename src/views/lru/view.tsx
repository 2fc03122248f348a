import { useState } from 'react';
import type { CellOrder } from '../../abi/look.ts';
import { useApp, useParts, useReading } from '../shared/app-context.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { Lists } from './lists.tsx';
import { Ordered } from './ordered.tsx';
import { ORDER_WORDS, orderText } from './text.ts';

/** The pages of memory as strips. The three orders are the argument: what lies scattered in one is side by side in another. */
export function LruView({ machine }: LaneProps) {
  const { feed } = useParts();
  const order = useReading((twin) => twin?.[machine].order ?? 'list');
  const leaving = useLeaving(order);
  useReading((twin) => twin?.atNs);
  const frame = feed.latest()?.[machine];
  return (
    <section className="view lru" aria-label={`LRU lists of ${machine}`}>
      <h3>
        LRU <span>{ORDER_WORDS[order]}</span>
        <TableButton view="lru" machine={machine} />
        <OrderToggle machine={machine} />
      </h3>
      <div className="orders">
        <Order key={order} machine={machine} order={order} state={leaving.order ? 'entering' : 'still'} />
        {leaving.order && (
          <Order key={leaving.order} machine={machine} order={leaving.order} state="leaving" onGone={leaving.end} />
        )}
      </div>
      <Spoken key={order} text={() => (frame ? orderText(frame) : '')} />
    </section>
  );
}

const ORDERS: readonly CellOrder[] = ['list', 'file', 'pfn'];

function OrderToggle({ machine }: LaneProps) {
  const order = useApp((s) => s.order);
  const setOrder = useApp((s) => s.setOrder);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border and a legend to get rid of
    <div className="order-toggle" role="group" aria-label={`Order of the pages of ${machine}`}>
      {ORDERS.map((one) => (
        <button key={one} type="button" aria-pressed={one === order} onClick={() => setOrder(one)}>
          {one}
        </button>
      ))}
    </div>
  );
}

interface OrderProps extends LaneProps {
  readonly order: CellOrder;
  readonly state: 'still' | 'entering' | 'leaving';
  readonly onGone?: () => void;
}

function Order({ machine, order, state, onGone }: OrderProps) {
  return (
    <div
      className="order"
      data-state={state}
      aria-hidden={state === 'leaving'}
      inert={state === 'leaving'}
      onAnimationEnd={onGone}
    >
      {order === 'list' ? <Lists machine={machine} /> : <Ordered machine={machine} order={order} />}
    </div>
  );
}

/** The order that was shown before, as long as it fades away; never where motion is unwelcome. */
function useLeaving(order: CellOrder): { readonly order: CellOrder | undefined; readonly end: () => void } {
  const [shown, setShown] = useState(order);
  const [gone, setGone] = useState<CellOrder>();
  if (shown !== order) {
    setShown(order);
    setGone(window.matchMedia('(prefers-reduced-motion: reduce)').matches ? undefined : shown);
  }
  return { order: gone === order ? undefined : gone, end: () => setGone(undefined) };
}
