import type { Spot, Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { AppStore } from '../../store/app-store.ts';
import type { Driver } from '../../store/driver.ts';
import { type Pointer, sameThing } from '../../store/selection.ts';

type Target = Spot | Thing | undefined;

const isSpot = (target: Target): target is Spot => target !== undefined && 'in' in target;

/** Where one picture is pointed at. Machines are asked which page that is, one question at a time, the latest counts. */
export class Pointing {
  private wanted: { readonly target: Target; readonly pointer: Pointer | undefined } | undefined;
  private isAsking = false;
  private readonly store: AppStore;
  private readonly driver: Pick<Driver, 'pageAt'>;
  private readonly machine: MachineId;

  constructor(store: AppStore, driver: Pick<Driver, 'pageAt'>, machine: MachineId) {
    this.store = store;
    this.driver = driver;
    this.machine = machine;
  }

  to(target: Target, pointer?: Pointer): void {
    this.wanted = { target, pointer };
    if (!this.isAsking) void this.ask();
  }

  /** A click: what is there stays lit; on what is pinned already, no longer. */
  async pin(target: Target): Promise<void> {
    const thing = await this.thingAt(target);
    const { pinned, pin } = this.store.getState();
    pin(sameThing(thing, pinned) ? undefined : thing);
  }

  pinHovered(): void {
    const { hovered, pinned, pin } = this.store.getState();
    if (hovered) pin(sameThing(hovered, pinned) ? undefined : hovered);
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    for (let wanted = this.wanted; wanted; wanted = this.wanted) {
      const thing = await this.thingAt(wanted.target);
      if (this.wanted !== wanted) continue;
      this.wanted = undefined;
      this.store.getState().hover(thing, thing && wanted.pointer);
    }
    this.isAsking = false;
  }

  private thingAt(target: Target): Thing | undefined | Promise<Thing | undefined> {
    return isSpot(target) ? this.driver.pageAt(this.machine, target) : target;
  }
}
